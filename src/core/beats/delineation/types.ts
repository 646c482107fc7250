/** Marks of the beats of one lead, or of all leads together; seconds from the start, NaN where there is none. */
export interface BeatMarks {
  readonly pOnset: Float64Array;
  readonly pPeak: Float64Array;
  readonly pEnd: Float64Array;
  readonly qrsOnset: Float64Array;
  readonly qrsEnd: Float64Array;
  readonly tPeak: Float64Array;
  readonly tEnd: Float64Array;
}

export type MarkName = keyof BeatMarks;

export const MARK_NAMES = [
  'pOnset',
  'pPeak',
  'pEnd',
  'qrsOnset',
  'qrsEnd',
  'tPeak',
  'tEnd',
] as const satisfies readonly MarkName[];

/** Marks of `beats` beats, none of them set. */
export function noMarks(beats: number): BeatMarks {
  const none = (): Float64Array => new Float64Array(beats).fill(NaN);
  return {
    pOnset: none(),
    pPeak: none(),
    pEnd: none(),
    qrsOnset: none(),
    qrsEnd: none(),
    tPeak: none(),
    tEnd: none(),
  };
}
