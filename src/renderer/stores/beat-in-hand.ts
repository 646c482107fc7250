import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { ReviewEdit } from '../../shared/domain';
import { beatNear } from '../beats';
import { BEAT_CLASSES } from '../domain';
import { useReview } from './review';
import { useView } from './view';

type BeatClass = (typeof BEAT_CLASSES)[number];

/** A time and the beat at it are the same within this; a nudge is one sample at 100 Hz. */
const SAME_S = 0.02;
export const NUDGE_S = 0.01;

/** One beat chosen by the reader, to be classed, moved or deleted by hand. */
export const useBeatInHand = defineStore('beat-in-hand', () => {
  const review = useReview();
  const view = useView();
  const timeS = ref<number | null>(null);

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

  function reclass(beatClass: BeatClass): void {
    if (beat.value && beat.value.beatClass !== beatClass)
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
    if (!beat.value) return;
    edit({ kind: 'delete-beat', timeS: beat.value.timeS });
    timeS.value = null;
  }

  async function add(atS: number, beatClass: BeatClass = 'N'): Promise<void> {
    await review.edit({ kind: 'add-beat', timeS: atS, beatClass });
    timeS.value = atS;
  }

  function letGo(): void {
    timeS.value = null;
  }

  return { beat, take, step, reclass, move, remove, add, letGo };
});
