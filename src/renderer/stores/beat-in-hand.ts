import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { ReviewEdit } from '../../shared/domain';
import { beatNear } from '../analysis/beats';
import { BEAT_CLASSES } from '../analysis/beat-classes';
import { peakNear, PEAK_REACH_S } from '../traces/peak-near';
import { useAnalysis } from './analysis';
import { useCaliperReading } from './caliper-reading';
import { useChosenBeats } from './chosen-beats';
import { useReview } from './review';
import { useView } from './view';

type BeatClass = (typeof BEAT_CLASSES)[number];

/** A time and the beat at it are the same within this; a nudge is one sample at 100 Hz. */
const SAME_S = 0.02;
export const NUDGE_S = 0.01;

interface BeatInHand {
  readonly timeS: number;
  readonly beatClass: BeatClass;
  readonly confidence: number;
}

/** Where a beat is that acts are about, also once one of them has moved it. */
interface Place {
  timeS: number;
}

/** Beats chosen by the reader, to be classed or deleted by hand: one, which can be moved too, or all of a stretch. */
export const useBeatInHand = defineStore('beat-in-hand', () => {
  const analysis = useAnalysis();
  const review = useReview();
  const view = useView();
  const reading = useCaliperReading();
  const timeS = ref<number | null>(null);
  const { span, chosen, relabel, removeAll } = useChosenBeats();

  const index = computed(() =>
    timeS.value === null || !review.beats ? -1 : beatNear(review.beats, timeS.value, SAME_S),
  );
  const beat = computed(() => beatAt(timeS.value));
  function beatAt(atS: number | null): BeatInHand | null {
    const beats = review.beats;
    const at = beats && atS !== null ? beatNear(beats, atS, SAME_S) : -1;
    if (!beats || at < 0) return null;
    return {
      timeS: beats.timeS[at]!,
      beatClass: BEAT_CLASSES[beats.beatClass[at]!] ?? 'Q',
      confidence: beats.confidence[at]!,
    };
  }

  /** Takes the beat near a time, or lets go where there is none. */
  function take(atS: number, withinS: number): boolean {
    span.value = null;
    const found = review.beats ? beatNear(review.beats, atS, withinS) : -1;
    timeS.value = found < 0 ? null : review.beats!.timeS[found]!;
    return found >= 0;
  }

  /** Next or previous beat; without one in hand, the one nearest to the middle of the paper. */
  function step(by: 1 | -1): void {
    const beats = review.beats;
    if (!beats) return;
    if (index.value < 0) take(view.leftS + view.spanS / 2, view.spanS / 2);
    else timeS.value = beats.timeS[index.value + by] ?? timeS.value;
    const t = timeS.value;
    if (t !== null && (t < view.leftS + 0.2 || t > view.leftS + view.spanS - 0.2))
      view.scrollTo(t - view.spanS / 2);
  }

  // A key that is pressed while an act on a beat is being stored is about the beat as that act leaves it.
  /** Beats that acts wait for, by the times at which they were in hand. */
  const places = new Map<number, Place>();
  let waiting = 0;
  function placeOf(atS: number): Place {
    const place = places.get(atS) ?? { timeS: atS };
    places.set(atS, place);
    return place;
  }
  const isHeld = (place: Place): boolean =>
    timeS.value !== null && places.get(timeS.value) === place;
  /** Makes an act on the beat in hand once those before it are made. */
  async function act(
    choose: (beat: BeatInHand) => ReviewEdit | null,
    stored: (place: Place) => void = () => undefined,
  ): Promise<void> {
    if (timeS.value === null) return;
    const place = placeOf(timeS.value);
    waiting++;
    try {
      await review.editThen(
        () => {
          const now = beatAt(place.timeS);
          return now && choose(now);
        },
        () => stored(place),
      );
    } finally {
      if (--waiting === 0) places.clear();
    }
  }

  /** Takes all beats between two times. */
  function choose(aS: number, bS: number): void {
    timeS.value = null;
    span.value = { fromS: Math.min(aS, bS), toS: Math.max(aS, bS) };
  }

  /** One act, and one undo, whatever the number of beats. */
  function reclass(beatClass: BeatClass): void {
    if (span.value) return relabel(beatClass);
    void act(({ timeS: atS, beatClass: now }) =>
      now === beatClass ? null : { kind: 'reclass-beat', timeS: atS, beatClass },
    );
  }

  function move(byS: number): Promise<void> {
    let toTimeS = 0;
    return act(
      (from) => {
        toTimeS = Math.max(0, from.timeS + byS);
        return { kind: 'move-beat', timeS: from.timeS, toTimeS };
      },
      (place) => {
        const held = isHeld(place);
        place.timeS = toTimeS;
        places.set(toTimeS, place);
        // It stays in hand, where the reader has not gone on to another.
        if (held) timeS.value = toTimeS;
      },
    );
  }

  function remove(): void {
    if (span.value) return removeAll();
    void act(
      (now) => ({ kind: 'delete-beat', timeS: now.timeS }),
      (place) => {
        if (isHeld(place)) timeS.value = null;
      },
    );
  }

  async function add(atS: number, beatClass: BeatClass = 'N'): Promise<void> {
    await review.edit({ kind: 'add-beat', timeS: atS, beatClass });
    timeS.value = atS;
  }

  /** Adds a beat at the R peak by the crosshair, or by the middle of the paper; takes one that is there already. */
  async function addAtCursor(lead: number): Promise<void> {
    const atS = view.cursor?.timeS ?? view.leftS + view.spanS / 2;
    if (!review.beats || take(atS, PEAK_REACH_S)) return;
    const of = analysis.analysisId;
    const valueAt = await reading.valuesAround(lead, atS);
    if (analysis.analysisId !== of) return;
    await add(peakNear(atS, reading.sampleS({ lead }), valueAt));
  }

  function letGo(): void {
    timeS.value = null;
    span.value = null;
  }

  return { beat, span, chosen, take, choose, step, reclass, move, remove, add, addAtCursor, letGo };
});
