import type { RecordedAnnotations } from '../open-recording';

/** One annotation of a file that keeps them as rows. */
export interface AnnotationRow {
  /** Seconds from the first sample. */
  readonly timeS: number;
  readonly durationS?: number;
  /** WFDB mnemonic. */
  readonly symbol: string;
  readonly aux?: string;
}

/** Rows in the order of time, as the columns that a recording gives. */
export function annotationColumns(
  annotator: string,
  rows: readonly AnnotationRow[],
): RecordedAnnotations {
  const sorted = [...rows].sort((a, b) => a.timeS - b.timeS);
  return {
    annotator,
    timeS: Float64Array.from(sorted, ({ timeS }) => timeS),
    symbol: sorted.map(({ symbol }) => symbol),
    aux: sorted.map(({ aux }) => aux ?? ''),
    ...(rows.some(({ durationS }) => durationS)
      ? { durationS: Float64Array.from(sorted, ({ durationS }) => durationS ?? 0) }
      : {}),
    warnings: [],
  };
}
