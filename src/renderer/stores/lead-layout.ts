import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import type { DisplayFilterId } from '../../shared/domain';
import {
  hasTwelveLeads,
  leadRows,
  LEAD_LAYOUTS,
  type LeadLayout,
} from '../../shared/domain/lead-layout';
import { useRecording } from './recording';
import { useSettings } from './settings';

/** A strip of twelve leads up to this long is seen whole: it needs no list beside it. */
const STRIP_S = 20;

/** How the leads of the open recording stand on the paper, and whether the left column makes way for them. */
export const useLeadLayout = defineStore('lead-layout', () => {
  const recording = useRecording();
  const settings = useSettings();
  const railChosen = ref<boolean | null>(null);
  watch(
    () => recording.recordingId,
    () => {
      railChosen.value = null;
    },
  );

  const isTwelve = computed(() => hasTwelveLeads(recording.leads));
  /** Twelve leads of some ten seconds. */
  const isStrip = computed(() => isTwelve.value && recording.durationS <= STRIP_S);
  const layout = computed<LeadLayout>({
    get: () => {
      if (!isTwelve.value) return '12x1';
      return settings.values.leadLayout ?? (isStrip.value ? '3x4' : '12x1');
    },
    set: (value) => settings.set({ leadLayout: value }),
  });
  /** What the paper is seen through: twelve leads through a diagnostic band, unless the reader chose another. */
  const filter = computed<DisplayFilterId>({
    get: () => (isTwelve.value ? settings.values.twelveLeadFilter : settings.values.filter),
    set: (value) => settings.set(isTwelve.value ? { twelveLeadFilter: value } : { filter: value }),
  });
  const rows = computed(() => leadRows(layout.value, recording.leads));
  /** The left column is folded to a rail. */
  const railed = computed({
    get: () => railChosen.value ?? isStrip.value,
    set: (value) => {
      railChosen.value = value;
    },
  });

  function next(): void {
    if (!isTwelve.value) return;
    const at = LEAD_LAYOUTS.indexOf(layout.value);
    layout.value = LEAD_LAYOUTS[(at + 1) % LEAD_LAYOUTS.length]!;
  }

  return { isTwelve, isStrip, layout, filter, rows, railed, next };
});
