import type { BeatColumns, CountedBeats } from '../../shared/domain';
import type { PlacedRows } from './beat-rows';

/** Beats that count, with all that is known of each. */
export interface CountedColumns extends BeatColumns, Pick<CountedBeats, 'follows'> {}

/** Of the beats that rows were made of, those that count, in the classes that they have there. */
export function countedColumns(
  { confidence, attention }: BeatColumns,
  { timeS, beatClass, follows, index }: PlacedRows,
): CountedColumns {
  return {
    timeS,
    beatClass,
    follows,
    confidence: Float32Array.from(index, (i) => confidence[i]!),
    attention: Float32Array.from(index, (i) => attention[i]!),
  };
}

/** The interval to the beat before, milliseconds; null where something unknown lies between. */
export function rrMsAt({ timeS, follows }: CountedColumns, i: number): number | null {
  return follows[i] === 1 ? 1000 * (timeS[i]! - timeS[i - 1]!) : null;
}
