import type { BeatColumns } from '../../shared/domain';
import type { PlacedRows, TakenOut } from './beat-rows';

/**
 * Beats as a reader left them: without those of rejected findings, in the classes that corrections and rejections gave
 * them. Those of time that cannot be read stand here too, and do not count.
 */
export interface StandingBeats extends BeatColumns {
  /** 1 for a beat that is in the figures, [beats]. */
  readonly counts: Uint8Array;
  /** Interval to the beat before, milliseconds, [beats]; NaN where something unknown lies between. */
  readonly rrMs: Float64Array;
}

/**
 * @param edited beats with the reader's corrections
 * @param left what rejections made of them, and `rows` those of them that count
 */
export function standingBeats(
  edited: BeatColumns,
  left: { readonly beatClass: Uint8Array; readonly out: TakenOut['out'] },
  { timeS, follows, index }: Pick<PlacedRows, 'timeS' | 'follows' | 'index'>,
): StandingBeats {
  const counts = new Uint8Array(edited.timeS.length);
  const rrMs = new Float64Array(edited.timeS.length).fill(NaN);
  for (let row = 0; row < index.length; row++) {
    const i = index[row]!;
    counts[i] = 1;
    if (follows[row] === 1) rrMs[i] = 1000 * (timeS[row]! - timeS[row - 1]!);
  }
  if (!left.out.includes(1)) {
    const { timeS: atS, confidence, attention } = edited;
    const beatClass = left.beatClass.slice();
    return { timeS: atS, beatClass, confidence, attention, counts, rrMs };
  }
  const stays = (_: unknown, i: number): boolean => left.out[i] === 0;
  return {
    timeS: edited.timeS.filter(stays),
    beatClass: left.beatClass.filter(stays),
    confidence: edited.confidence.filter(stays),
    attention: edited.attention.filter(stays),
    counts: counts.filter(stays),
    rrMs: rrMs.filter(stays),
  };
}
