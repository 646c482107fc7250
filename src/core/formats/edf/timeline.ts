import { ok, type Result, type Warning } from '../../../shared/domain';
import { warningSaid } from '../../../shared/domain/said';
import type { TimeSpan } from '../open-recording';
import type { SampleStretch } from '../shared/lead-source';

/** Data records that follow on each other without a gap. */
export interface RecordRun {
  /** Seconds from the start of the first data record. */
  readonly startS: number;
  readonly first: number;
  readonly records: number;
}

export interface Timeline {
  readonly runs: readonly RecordRun[];
  /** Seconds from the header's start time to the first data record. */
  readonly firstOnsetS: number;
  readonly durationS: number;
  readonly gaps: readonly TimeSpan[];
  readonly warnings: readonly Warning[];
}

export interface TimelineInput {
  readonly fileName: string;
  readonly records: number;
  readonly recordDurationS: number;
  /** How far an onset may lie from where it is expected without being a gap. */
  readonly toleranceS: number;
  /** Onset of a data record in seconds after the header's start time, null where the record states none. */
  onsetOf(record: number): Promise<Result<number | null>>;
  /**
   * The onsets of all data records in order, many at a time. Where they are there each is looked at, and not only as many as it takes
   * to find where time does not go on: a record that overlaps and a gap after it may cancel.
   */
  readonly onsets?: () => AsyncIterable<Result<readonly (number | null)[]>>;
}

/** Longer than anything that is recorded; an onset beyond it is damage. */
const MAX_DURATION_S = 400 * 86_400;

/** Records after which time does not go on as it should, with the onset of the next. */
type Break = { readonly record: number; readonly onsetS: number };

/** Where data records lie in time. */
export async function recordTimeline(input: TimelineInput): Promise<Result<Timeline>> {
  return input.onsets ? timelineOfAll(input, input.onsets()) : timelineByHalving(input);
}

async function timelineOfAll(
  input: TimelineInput,
  onsets: AsyncIterable<Result<readonly (number | null)[]>>,
): Promise<Result<Timeline>> {
  const { recordDurationS, toleranceS } = input;
  const breaks: Break[] = [];
  let record = 0;
  let withoutOnset = 0;
  let firstOnsetS = 0;
  let nextS = 0;
  for await (const read of onsets) {
    if (!read.ok) return read;
    for (const stated of read.value) {
      if (record === 0) nextS = firstOnsetS = stated ?? 0;
      const possible = stated !== null && Math.abs(stated - firstOnsetS) <= MAX_DURATION_S;
      if (!possible) withoutOnset++;
      const onsetS = possible ? stated : nextS;
      if (Math.abs(onsetS - nextS) > toleranceS) breaks.push({ record, onsetS });
      nextS = onsetS + recordDurationS;
      record++;
    }
  }
  return ok(timelineOf(input, firstOnsetS, breaks, withoutOnset));
}

/**
 * Onsets that only grow, by a record's duration at least, so that a range whose ends lie as far apart as its records
 * are long has no gap: halving finds all gaps with few reads where there are few.
 */
async function timelineByHalving(input: TimelineInput): Promise<Result<Timeline>> {
  const { records, recordDurationS, toleranceS } = input;
  const withoutOnset = new Set<number>();
  const first = await input.onsetOf(0);
  if (!first.ok) return first;
  if (first.value === null) withoutOnset.add(0);
  const firstOnsetS = first.value ?? 0;

  async function onset(record: number, expectedS: number): Promise<Result<number>> {
    const read = await input.onsetOf(record);
    if (!read.ok) return read;
    const possible = read.value !== null && Math.abs(read.value - firstOnsetS) <= MAX_DURATION_S;
    if (!possible) withoutOnset.add(record);
    return ok(possible ? read.value! : expectedS);
  }

  const breaks: Break[] = [];
  const ranges: { from: number; to: number; fromS: number; toS: number }[] = [];
  const expectedEndS = firstOnsetS + (records - 1) * recordDurationS;
  const last = records > 1 ? await onset(records - 1, expectedEndS) : ok(firstOnsetS);
  if (!last.ok) return last;
  ranges.push({ from: 0, to: records - 1, fromS: firstOnsetS, toS: last.value });
  for (let range = ranges.pop(); range; range = ranges.pop()) {
    const { from, to, fromS, toS } = range;
    const excess = toS - fromS - (to - from) * recordDurationS;
    if (Math.abs(excess) <= toleranceS) continue;
    if (to - from === 1) {
      breaks.push({ record: to, onsetS: toS });
      continue;
    }
    const middle = (from + to) >> 1;
    const read = await onset(middle, fromS + (middle - from) * recordDurationS);
    if (!read.ok) return read;
    const middleS = read.value;
    // The earlier half is taken first, so that breaks come in order.
    ranges.push(
      { from: middle, to, fromS: middleS, toS },
      { from, to: middle, fromS, toS: middleS },
    );
  }
  return ok(timelineOf(input, firstOnsetS, breaks, withoutOnset.size));
}

function timelineOf(
  { fileName, records, recordDurationS, toleranceS }: TimelineInput,
  firstOnsetS: number,
  breaks: readonly Break[],
  withoutOnset: number,
): Timeline {
  const runs: RecordRun[] = [];
  const gaps: TimeSpan[] = [];
  const warnings: Warning[] = [];
  let startS = 0;
  let first = 0;
  let backwards = 0;
  for (const { record, onsetS } of breaks) {
    const endS = startS + (record - first) * recordDurationS;
    runs.push({ startS, first, records: record - first });
    startS = Math.max(endS, onsetS - firstOnsetS);
    first = record;
    const afterS = onsetS - firstOnsetS - endS;
    if (afterS < -toleranceS) backwards++;
    // After an overlap a record may begin where the one before it is shown to end.
    else if (afterS > toleranceS) gaps.push({ startS: endS, endS: startS });
  }
  runs.push({ startS, first, records: records - first });
  if (backwards > 0) {
    warnings.push(
      warningSaid('record-order', 'warnings.recordOrder', { file: fileName, n: backwards }),
    );
  }
  if (withoutOnset > 0) {
    warnings.push(
      warningSaid('record-onset', 'warnings.recordOnset', { file: fileName, n: withoutOnset }),
    );
  }
  const durationS = startS + (records - first) * recordDurationS;
  return { runs, firstOnsetS, durationS, gaps, warnings };
}

/** The time of data records that follow on without a gap, as in plain EDF. */
export function unbrokenTimeline(records: number, recordDurationS: number): Timeline {
  return {
    runs: [{ startS: 0, first: 0, records }],
    firstOnsetS: 0,
    durationS: records * recordDurationS,
    gaps: [],
    warnings: [],
  };
}

/** Where the samples of one lead lie, a run's first sample at the nearest point of the lead's own grid. */
export function sampleStretchesOf(
  { runs }: Timeline,
  samplesPerRecord: number,
  samplingRateHz: number,
): SampleStretch[] {
  const stretches: SampleStretch[] = [];
  let end = 0;
  for (const { startS, first, records } of runs) {
    const start = Math.max(end, Math.round(startS * samplingRateHz));
    const samples = records * samplesPerRecord;
    stretches.push({ start, samples, stored: first * samplesPerRecord });
    end = start + samples;
  }
  return stretches;
}
