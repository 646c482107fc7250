import { computed, shallowRef } from 'vue';
import type { BEAT_CLASSES } from '../analysis/beat-classes';
import { lowerBound } from '../analysis/beat-classes';
import { useReview } from './review';

/** The trail is of no language: beats that are of no form have no name in it, and whoever tells of them names them. */
const CHOSEN = '';

/** The beats of a stretch, taken together: classed or deleted in one act, and one undo. */
export function useChosenBeats() {
  const review = useReview();
  const span = shallowRef<{ readonly fromS: number; readonly toS: number } | null>(null);
  const chosen = computed<readonly number[]>(() => {
    const beats = review.beats;
    if (!beats || !span.value) return [];
    const { fromS, toS } = span.value;
    return [...beats.timeS.subarray(lowerBound(beats.timeS, fromS), lowerBound(beats.timeS, toS))];
  });

  function relabel(beatClass: (typeof BEAT_CLASSES)[number]): void {
    const timesS = [...chosen.value];
    if (timesS.length > 0)
      void review.edit({ kind: 'relabel-beats', timesS, beatClass, family: CHOSEN });
  }

  function removeAll(): void {
    const timesS = [...chosen.value];
    span.value = null;
    if (timesS.length > 0) void review.edit({ kind: 'delete-beats', timesS, family: CHOSEN });
  }

  return { span, chosen, relabel, removeAll };
}
