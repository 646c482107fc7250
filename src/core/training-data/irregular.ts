import { upperMedian } from '../../shared/domain/order-statistics';

const WINDOW_S = 10;
/** Relative RR variability from which a rhythm that nobody annotated may be fibrillation. */
const IRREGULAR = 0.1;

/**
 * Whether the beats of a segment lie among such uneven intervals that fibrillation cannot be ruled out.
 * @param rhythm intervals and, last of each beat's, their variability, [beats, width]
 */
export function isIrregular(timeS: Float64Array, rhythm: Float32Array, startS: number): boolean {
  const width = rhythm.length / Math.max(1, timeS.length);
  const values: number[] = [];
  timeS.forEach((time, beat) => {
    if (time >= startS && time < startS + WINDOW_S) values.push(rhythm[(beat + 1) * width - 1]!);
  });
  return upperMedian(values) > IRREGULAR;
}
