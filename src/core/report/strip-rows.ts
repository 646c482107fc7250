import { lowerBound, type TimeSpan } from '../../shared/domain';

/** Sweeps of a printed strip, mm/s: the slower one for what does not fit otherwise. */
const SWEEPS_MM_PER_S = [25, 12.5] as const;
export type StripSweep = (typeof SWEEPS_MM_PER_S)[number];

/** Paper before the beat on the one side and after the beat on the other, seconds. */
const MARGIN_S = 0.35;
/** Without a beat on a side this much stands for it: two seconds are the longest interval that is no pause. */
const WITHOUT_BEAT_S = 1;
/** What is longer than these rows is shown by its start and its end. */
const MOST_ROWS = 3;

/** The paper of a strip. */
export interface StripRows {
  readonly sweepMmPerS: StripSweep;
  /** From the top; consecutive, but for what is left out. */
  readonly rows: readonly TimeSpan[];
  /** Seconds of the event between the rows that are not shown. */
  readonly leftOutS: number;
}

/**
 * Lays what a strip is about on paper: whole, with a beat on either side, in the middle of a row of 25 mm/s; what is
 * longer at 12.5 mm/s, where it fits into one row without those beats too, else over up to three rows; what is longer
 * still by its start and its end.
 * @param beatsS R peaks in time order
 * @param widthMm room for the trace
 */
export function stripRows(
  { startS, endS }: TimeSpan,
  beatsS: Float64Array,
  durationS: number,
  widthMm: number,
): StripRows {
  const before = beatsS[lowerBound(beatsS, startS - 1e-6) - 1];
  const after = beatsS[lowerBound(beatsS, endS + 1e-6)];
  const near = 4 * WITHOUT_BEAT_S;
  const fromS = Math.max(
    0,
    (before !== undefined && startS - before <= near ? before : startS - WITHOUT_BEAT_S) - MARGIN_S,
  );
  const toS = Math.min(
    durationS,
    (after !== undefined && after - endS <= near ? after : endS + WITHOUT_BEAT_S) + MARGIN_S,
  );
  const [normal, slow] = SWEEPS_MM_PER_S;
  const inOneRow = (sweepMmPerS: StripSweep, leastS: number, middleS: number): StripRows | null => {
    const rowS = Math.min(durationS, widthMm / sweepMmPerS);
    if (leastS > rowS + 1e-9) return null;
    const leftS = Math.min(Math.max(0, middleS - rowS / 2), durationS - rowS);
    return { sweepMmPerS, rows: [{ startS: leftS, endS: leftS + rowS }], leftOutS: 0 };
  };
  const middleS = (fromS + toS) / 2;
  const one =
    inOneRow(normal, toS - fromS, middleS) ??
    inOneRow(slow, toS - fromS, middleS) ??
    inOneRow(slow, endS - startS + 2 * MARGIN_S, (startS + endS) / 2);
  if (one) return one;
  const rowS = widthMm / slow;
  const wanted = Math.ceil((toS - fromS) / rowS - 1e-9);
  const row = (atS: number): TimeSpan => ({ startS: atS, endS: Math.min(durationS, atS + rowS) });
  if (wanted <= MOST_ROWS) {
    const rows = Array.from({ length: wanted }, (_, i) => row(fromS + i * rowS));
    return { sweepMmPerS: slow, rows, leftOutS: 0 };
  }
  return {
    sweepMmPerS: slow,
    rows: [row(fromS), row(toS - rowS)],
    leftOutS: toS - fromS - 2 * rowS,
  };
}
