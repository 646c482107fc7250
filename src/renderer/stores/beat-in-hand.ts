import { defineStore } from 'pinia';
import { computed, ref, type Ref } from 'vue';
import { beatNear } from '../analysis/beats';
import { BEAT_CLASSES } from '../analysis/beat-classes';
import { peakNear, PEAK_REACH_S } from '../traces/peak-near';
import { createActsOnBeat, type BeatInHand } from './acts-on-beat';
import { useAnalysis } from './analysis';
import { useCaliperReading } from './caliper-reading';
import { useChosenBeats } from './chosen-beats';
import { useReview } from './review';
import { useSight } from './sight';
import { useView } from './view';

type BeatClass = (typeof BEAT_CLASSES)[number];

/** A time and the beat at it are the same within this; a nudge is one sample at 100 Hz. */
const SAME_S = 0.02;
export const NUDGE_S = 0.01;

/** The beat at a time, or none. */
function beatOf(
  beats: ReturnType<typeof useReview>['beats'],
  atS: number | null,
): BeatInHand | null {
  const at = beats && atS !== null ? beatNear(beats, atS, SAME_S) : -1;
  if (!beats || at < 0) return null;
  return {
    timeS: beats.timeS[at]!,
    beatClass: BEAT_CLASSES[beats.beatClass[at]!] ?? 'Q',
    confidence: beats.confidence[at]!,
  };
}

/** Tells whether what is in hand may be acted on, which has to be in sight: a beat, or the beats of a stretch. */
function createInSight(
  span: ReturnType<typeof useChosenBeats>['span'],
  timeS: Ref<number | null>,
): () => boolean {
  const sight = useSight();
  const view = useView();
  return () => {
    const { fromS, toS } = span.value ?? { fromS: timeS.value, toS: timeS.value };
    if (fromS === null || toS === null) return false;
    return sight.mayDecideOn(fromS, toS, () => view.reveal(fromS, toS));
  };
}

/** Beats chosen by the reader, to be classed or deleted by hand: one, which can be moved too, or all of a stretch. */
export const useBeatInHand = defineStore('beat-in-hand', () => {
  const analysis = useAnalysis();
  const review = useReview();
  const sight = useSight();
  const view = useView();
  const reading = useCaliperReading();
  const timeS = ref<number | null>(null);
  const { span, chosen, relabel, removeAll } = useChosenBeats();

  const index = computed(() =>
    timeS.value === null || !review.beats ? -1 : beatNear(review.beats, timeS.value, SAME_S),
  );
  const beat = computed(() => beatAt(timeS.value));
  const beatAt = (atS: number | null): BeatInHand | null => beatOf(review.beats, atS);

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

  const { act, keeps } = createActsOnBeat(timeS, beatAt);
  const isSeen = createInSight(span, timeS);

  /** Takes all beats between two times. */
  function choose(aS: number, bS: number): void {
    timeS.value = null;
    span.value = { fromS: Math.min(aS, bS), toS: Math.max(aS, bS) };
  }

  /** One act, and one undo, whatever the number of beats. */
  function reclass(beatClass: BeatClass): void {
    if (!isSeen()) return;
    if (span.value) return relabel(beatClass);
    void act(({ timeS: atS, beatClass: now }) =>
      now === beatClass ? null : { kind: 'reclass-beat', timeS: atS, beatClass },
    );
  }

  function move(byS: number): Promise<void> {
    if (!isSeen()) return Promise.resolve();
    let toTimeS = 0;
    return act(
      (from) => {
        toTimeS = Math.max(0, from.timeS + byS);
        return { kind: 'move-beat', timeS: from.timeS, toTimeS };
      },
      // It stays in hand, where the reader has not gone on to another.
      (place) => keeps(place, toTimeS),
    );
  }

  function remove(): void {
    if (!isSeen()) return;
    if (span.value) return removeAll();
    void act(
      (now) => ({ kind: 'delete-beat', timeS: now.timeS }),
      (place) => keeps(place, null),
    );
  }

  async function add(atS: number, beatClass: BeatClass = 'N'): Promise<void> {
    await review.edit({ kind: 'add-beat', timeS: atS, beatClass });
    timeS.value = atS;
  }

  /** Adds a beat at the R peak by the crosshair, or by the middle of the paper; takes one that is there already. */
  async function addAtCursor(lead: number): Promise<void> {
    const atS = view.cursor?.timeS ?? view.leftS + view.spanS / 2;
    if (!review.beats || !sight.mayDecide() || take(atS, PEAK_REACH_S)) return;
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
