import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import type { DisplayFilterId } from '../../shared/domain';
import { displayFilter, withMains, type DisplayBandId } from '../../shared/domain/display-filters';
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
  const chosen = computed(() =>
    isTwelve.value ? settings.values.twelveLeadFilter : settings.values.filter,
  );
  /** What the paper is seen through: a band, and the notch of the mains where the reader set one. */
  const filter = computed<DisplayFilterId>(() => withMains(chosen.value, settings.values.mainsHz));
  /** Twelve leads are seen through a diagnostic band, unless the reader chose another. */
  const band = computed<DisplayBandId>({
    get: () => displayFilter(chosen.value).bandId,
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

  return { isTwelve, isStrip, layout, filter, band, rows, railed, next };
});
