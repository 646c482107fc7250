import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { Settings } from '../../shared/contract';
import { fittingSpeed, paperScale } from '../traces/calibration';
import { useRecording } from './recording';
import { useSettings } from './settings';

/** What the cursor points at: the time, and each lead that is shown there. */
export interface CursorReading {
  readonly timeS: number;
  /** The lead under the cursor, in the recording. */
  readonly leadIndex: number;
  readonly leads: readonly {
    readonly lead: string;
    readonly units: string;
    /** NaN where the signal is missing. */
    readonly value: number;
  }[];
}

/** What the left column shows of the open recording. */
export type RecordTab = 'events' | 'beats' | 'hours' | 'segments';

/** Where on the recording the paper stands, and how it is drawn. */
export const useView = defineStore('view', () => {
  const recording = useRecording();
  const settings = useSettings();

  const leftS = ref(0);
  const widthPx = ref(900);
  const cursor = shallowRef<CursorReading | null>(null);
  const tab = ref<RecordTab>('events');
  /** The networks' verdicts above the paper: on in the Segments tab unless put away, elsewhere on wish. */
  const bandInSegments = ref(true);
  const bandElsewhere = ref(false);
  const showBand = computed({
    get: () => (tab.value === 'segments' ? bandInSegments.value : bandElsewhere.value),
    set(shown) {
      if (tab.value === 'segments') bandInSegments.value = shown;
      else bandElsewhere.value = shown;
    },
  });
  /** The clock hour that is walked, framed in the whole recording. */
  const hour = shallowRef<{ startS: number; endS: number } | null>(null);
  /** The whole worklist stands in the left column, not the record that is open. */
  const showWorklist = ref(false);
  const showReference = ref(false);
  const showBeats = ref(true);
  const showOverview = ref(true);
  /** Head of the attention overlay, or null for the mean of all. */
  const head = ref<number | null>(null);

  /** The reader chose a speed for the segment in hand, however little of it that leaves in sight. */
  const closer = ref(false);
  /** The speed of the settings; slower where segments are decided and most of one would not fit the window. */
  const speedMmPerS = computed<Settings['sweepSpeedMmPerS']>(() => {
    const { sweepSpeedMmPerS: chosen, blindFirst } = settings.values;
    const bySegment = tab.value === 'segments' || blindFirst;
    if (!bySegment || closer.value) return chosen;
    return fittingSpeed(chosen, settings.pxPerMm, widthPx.value);
  });
  const scale = computed(() =>
    paperScale(settings.pxPerMm, speedMmPerS.value, settings.values.gainMmPerMv),
  );
  const spanS = computed(() => widthPx.value / scale.value.pxPerS);
  const maxLeftS = computed(() => Math.max(0, recording.durationS - spanS.value));

  /** How often the paper was moved to a place, be it the one at which it was. */
  const moves = ref(0);
  function scrollTo(seconds: number): void {
    moves.value++;
    leftS.value = Math.min(maxLeftS.value, Math.max(0, seconds));
  }

  /** Shows a stretch: whole if it fits (centred), else from its start. */
  function reveal(startS: number, endS: number): void {
    const slack = spanS.value - (endS - startS);
    scrollTo(slack >= 0 ? startS - slack / 2 : startS - Math.min(0.2, spanS.value * 0.02));
  }

  /** As `reveal`, of a segment that is taken up to be decided. */
  function revealSegment(startS: number, endS: number): void {
    closer.value = false;
    reveal(startS, endS);
  }

  function chooseSpeed(sweepSpeedMmPerS: Settings['sweepSpeedMmPerS']): void {
    closer.value = true;
    settings.set({ sweepSpeedMmPerS });
  }

  watch(tab, () => (closer.value = false), { flush: 'sync' });
  // Another speed or window keeps what stands in the middle; the start stays the start.
  watch(spanS, (now, before) => {
    if (leftS.value > 0) scrollTo(leftS.value + (before - now) / 2);
  });

  return {
    leftS,
    moves,
    widthPx,
    cursor,
    tab,
    showBand,
    hour,
    showWorklist,
    showReference,
    showBeats,
    showOverview,
    head,
    speedMmPerS,
    chooseSpeed,
    scale,
    spanS,
    maxLeftS,
    scrollTo,
    reveal,
    revealSegment,
  };
});
