import { BEAT_CLASSES, type TimeSpan } from '../../shared/domain';
import type { ReferenceAnnotation } from '../recordings/open-annotated';
import { aamiClass } from './aami-classes';

/** Beats in time order: seconds, and index into BEAT_CLASSES. */
export interface ClassedBeats {
  readonly timeS: ArrayLike<number>;
  readonly beatClass: ArrayLike<number>;
}

/** The beats of an annotation file. `rateHz` is what its samples are counted in. */
export function annotatedBeats(
  annotations: readonly ReferenceAnnotation[],
  rateHz: number,
): ClassedBeats {
  const beats = annotations.filter(({ symbol }) => aamiClass(symbol) !== null);
  return {
    timeS: Float64Array.from(beats, ({ sample }) => sample / rateHz),
    beatClass: Uint8Array.from(beats, ({ symbol }) => aamiClass(symbol)!),
  };
}

/** Ventricular flutter and fibrillation: from `[` to `]`, or to the end of the recording. */
export function flutterSpans(
  annotations: readonly ReferenceAnnotation[],
  rateHz: number,
): TimeSpan[] {
  const spans: TimeSpan[] = [];
  let startS: number | null = null;
  for (const { symbol, sample } of annotations) {
    if (symbol === '[') startS ??= sample / rateHz;
    if (symbol === ']' && startS !== null) {
      spans.push({ startS, endS: sample / rateHz });
      startS = null;
    }
  }
  if (startS !== null) spans.push({ startS, endS: Infinity });
  return spans;
}

/** Longest distance between a beat and the detection of it (ANSI/AAMI EC57:2012, 4.3.2). */
export const MATCH_WINDOW_S = 0.15;
/** Times are sample numbers divided by a rate: exactly 150 ms apart may come out a little more. */
const ROUNDING_S = 1e-9;
/** Row or column for `no beat`: extra detections, missed beats. */
export const NO_BEAT = BEAT_CLASSES.length;
const SIDE = BEAT_CLASSES.length + 1;

export interface CompareOptions {
  /** Ventricular flutter of the reference: detections inside are neither right nor wrong. */
  readonly flutter?: readonly TimeSpan[];
  /**
   * Beats before this instant are not counted; 300 is EC57's learning period. Default 0, the whole record, because
   * nothing here learns from the first minutes.
   */
  readonly fromS?: number;
}

/**
 * Counts of beats by class in the reference (rows) and in the test (columns): [6, 6] row-major, NO_BEAT the last of
 * each. Use `cell`.
 */
export type BeatMatrix = Uint32Array;

export function emptyMatrix(): BeatMatrix {
  return new Uint32Array(SIDE * SIDE);
}

export function cell(matrix: BeatMatrix, reference: number, test: number): number {
  return matrix[reference * SIDE + test]!;
}

/**
 * Pairs beats with detections: at most 150 ms apart, and neither with a nearer neighbour that is still free. This is
 * the rule of `bxb` (WFDB Applications Guide), which EC57 prescribes.
 * @param reference beats in seconds, ascending
 * @param test detections in seconds, ascending
 * @returns for each detection the index of its beat, or -1
 */
export function pairBeats(reference: ArrayLike<number>, test: ArrayLike<number>): Int32Array {
  const pairs = new Int32Array(test.length).fill(-1);
  let i = 0;
  let j = 0;
  while (i < reference.length && j < test.length) {
    const beatS = reference[i]!;
    const detectionS = test[j]!;
    const distance = Math.abs(beatS - detectionS);
    const rival =
      detectionS < beatS
        ? Math.abs(beatS - (test[j + 1] ?? Infinity))
        : Math.abs((reference[i + 1] ?? Infinity) - detectionS);
    if (distance <= MATCH_WINDOW_S + ROUNDING_S && distance <= rival) {
      pairs[j] = i;
      i++;
      j++;
    } else if (detectionS < beatS) j++;
    else i++;
  }
  return pairs;
}

/** Beat-by-beat comparison of two sets of beats. */
export function compareBeats(
  reference: ClassedBeats,
  test: ClassedBeats,
  { flutter = [], fromS = 0 }: CompareOptions = {},
): BeatMatrix {
  const matrix = emptyMatrix();
  const count = (atS: number, from: number, to: number): void => {
    if (atS >= fromS) matrix[from * SIDE + to]!++;
  };
  const found = new Uint8Array(reference.timeS.length);
  pairBeats(reference.timeS, test.timeS).forEach((beat, j) => {
    const code = test.beatClass[j]!;
    if (beat >= 0) {
      found[beat] = 1;
      count(reference.timeS[beat]!, reference.beatClass[beat]!, code);
      return;
    }
    const timeS = test.timeS[j]!;
    const scored = !flutter.some(({ startS, endS }) => timeS >= startS && timeS <= endS);
    if (scored) count(timeS, NO_BEAT, code);
  });
  found.forEach((hit, i) => {
    if (!hit) count(reference.timeS[i]!, reference.beatClass[i]!, NO_BEAT);
  });
  return matrix;
}

/** Adds matrices cell by cell, for gross figures. */
export function addMatrices(matrices: readonly BeatMatrix[]): BeatMatrix {
  const sum = emptyMatrix();
  for (const matrix of matrices) matrix.forEach((value, i) => (sum[i]! += value));
  return sum;
}
