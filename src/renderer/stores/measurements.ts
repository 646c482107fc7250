import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { Failure, Fiducial, Measurements } from '../../shared/domain';
import { useTransport } from '../transport';
import { useAnalysis } from './analysis';
import { useLeadLayout } from './lead-layout';
import { useReview } from './review';
import { useSettings } from './settings';

/** What is measured in the averaged beat of the strip shown, after the reader's corrections. */
export const useMeasurements = defineStore('measurements', () => {
  const analysis = useAnalysis();
  const leadLayout = useLeadLayout();
  const review = useReview();
  const held = shallowRef<{ readonly of: string; readonly value: Measurements } | null>(null);
  const failure = shallowRef<Failure | null>(null);
  const reading = ref(false);
  const measured = computed(() =>
    held.value?.of === analysis.analysisId ? held.value!.value : null,
  );

  let wish = 0;
  async function load(): Promise<void> {
    const id = analysis.analysisId;
    if (!id || !leadLayout.isStrip || analysis.status?.state !== 'done') return;
    const mine = ++wish;
    reading.value = true;
    const result = await useTransport().call('analysis.measurements', {
      analysisId: id,
      asker: useSettings().values.readerName,
    });
    if (mine !== wish) return;
    reading.value = false;
    if (result.ok) held.value = { of: id, value: result.value };
    failure.value = result.ok ? null : result.error;
  }

  /** Moves a mark, or says that there is no such wave (null). */
  async function move(fiducial: Fiducial, atMs: number | null): Promise<void> {
    const now = measured.value;
    if (!now || now.fiducials[fiducial] === atMs) return;
    const { startS, endS } = now;
    await review.edit({ kind: 'move-fiducial', startS, endS, fiducial, atMs });
  }

  watch(
    [
      () => analysis.analysisId,
      () => analysis.status?.state,
      () => leadLayout.isStrip,
      () => review.state,
    ],
    () => void load(),
    { immediate: true },
  );

  return { measured, failure, reading, move };
});
