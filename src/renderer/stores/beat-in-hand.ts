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
  const beat = computed(() => {
    const beats = review.beats;
    if (!beats || index.value < 0) return null;
    return {
      timeS: beats.timeS[index.value]!,
      beatClass: BEAT_CLASSES[beats.beatClass[index.value]!] ?? 'Q',
      confidence: beats.confidence[index.value]!,
    };
  });

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

  function edit(change: ReviewEdit): void {
    void review.edit(change);
  }

  /** Takes all beats between two times. */
  function choose(aS: number, bS: number): void {
    timeS.value = null;
    span.value = { fromS: Math.min(aS, bS), toS: Math.max(aS, bS) };
  }

  /** One act, and one undo, whatever the number of beats. */
  function reclass(beatClass: BeatClass): void {
    if (span.value) relabel(beatClass);
    else if (beat.value && beat.value.beatClass !== beatClass)
      edit({ kind: 'reclass-beat', timeS: beat.value.timeS, beatClass });
  }

  async function move(byS: number): Promise<void> {
    const from = beat.value;
    if (!from) return;
    const toTimeS = Math.max(0, from.timeS + byS);
    await review.edit({ kind: 'move-beat', timeS: from.timeS, toTimeS });
    timeS.value = toTimeS;
  }

  function remove(): void {
    if (span.value) return removeAll();
    if (!beat.value) return;
    edit({ kind: 'delete-beat', timeS: beat.value.timeS });
    timeS.value = null;
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
