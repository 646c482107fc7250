import type { Ref } from 'vue';
import type { ReviewEdit } from '../../shared/domain';
import type { BEAT_CLASSES } from '../analysis/beat-classes';
import { useReview } from './review';

export interface BeatInHand {
  readonly timeS: number;
  readonly beatClass: (typeof BEAT_CLASSES)[number];
  readonly confidence: number;
}

/** Where a beat is that acts are about, also once one of them has moved it. */
interface Place {
  timeS: number;
}

/**
 * Acts on the beat in hand, one after the other: a key that is pressed while one is being stored is about the beat as that act
 * leaves it.
 * @param timeS time of the beat in hand, s
 * @param beatAt the beat at a time, as the review has it now
 */
export function createActsOnBeat(
  timeS: Ref<number | null>,
  beatAt: (atS: number | null) => BeatInHand | null,
) {
  const review = useReview();
  /** Beats that acts wait for, by the times at which they were in hand. */
  const places = new Map<number, Place>();
  let waiting = 0;

  function placeOf(atS: number): Place {
    const place = places.get(atS) ?? { timeS: atS };
    places.set(atS, place);
    return place;
  }

  /**
   * Makes an act on the beat in hand once those before it are made.
   * @param choose null where there is nothing to do any more
   */
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

  /** A beat is at another time now, or at none; it is in hand there where it was in hand. */
  function keeps(place: Place, toTimeS: number | null): void {
    const isHeld = timeS.value !== null && places.get(timeS.value) === place;
    if (isHeld) timeS.value = toTimeS;
    if (toTimeS === null) return;
    place.timeS = toTimeS;
    places.set(toTimeS, place);
  }

  return { act, keeps };
}
