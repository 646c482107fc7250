import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { Failure, ReadComparison } from '../../shared/domain';
import { useTransport } from '../transport';
import { useAnalysis } from './analysis';
import { createDifferences } from './differences';
import { useReview } from './review';
import { useSettings } from './settings';

/** The reader's own second read, and two reads beside each other: how they agree, what differs, and its settling. */
export const useReads = defineStore('reads', () => {
  const analysis = useAnalysis();
  const review = useReview();
  const settings = useSettings();

  const held = shallowRef<{ readonly of: string; readonly value: ReadComparison } | null>(null);
  const failure = shallowRef<Failure | null>(null);

  const reader = computed(() => settings.values.readerName);
  const all = computed(() => review.state?.secondReads ?? []);
  /** The reader reads second now, and is shown nothing of the first. */
  const apart = computed(() => review.state?.apart === true);
  const own = computed(() => all.value.find((one) => one.reader === reader.value) ?? null);
  const finished = computed(() => all.value.findLast((one) => one.finishedAtMs !== null) ?? null);
  const comparison = computed(() =>
    held.value?.of === analysis.analysisId && !apart.value ? held.value!.value : null,
  );

  /** Reads how the reads agree, where there are two. */
  async function load(): Promise<void> {
    const id = analysis.analysisId;
    if (!id || !finished.value || apart.value) return;
    await review.whenStored();
    const result = await useTransport().call('review.compare', {
      analysisId: id,
      asker: reader.value,
    });
    if (analysis.analysisId !== id) return;
    failure.value = result.ok ? null : result.error;
    if (result.ok) held.value = { of: id, value: result.value };
  }

  const step = (what: 'begin' | 'finish' | 'compare', second: string): Promise<void> =>
    review.edit({ kind: 'second-read', step: what, second });
  async function finish(): Promise<void> {
    // A second reader by the settings may have nothing to decide.
    if (!own.value) await step('begin', reader.value);
    await step('finish', reader.value);
  }

  const walking = createDifferences({ comparison, finished, apart, load, step });
  watch(
    () => analysis.analysisId,
    () => walking.leave(),
  );
  watch(
    () => review.state,
    () => void load(),
  );
  // Another reader sees what is theirs to see.
  watch(reader, () => void review.load());

  return {
    ...walking,
    reader,
    all,
    apart,
    own,
    finished,
    comparison,
    failure,
    load,
    begin: () => step('begin', reader.value),
    finish,
  };
});
