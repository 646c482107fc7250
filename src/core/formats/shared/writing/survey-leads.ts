import { ok, type Result, type Warning } from '../../../../shared/domain';
import { warningSaid } from '../../../../shared/domain/said';
import { MAX_ADU, MISSING_ADU, type OpenRecording } from '../../open-recording';
import type { CommonFrame } from './common-frame';
import { eachBlock, type WorkOptions } from './read-frames';

/** The smallest and largest stored integer of a lead; `min` above `max` for a lead without any. */
export interface LeadRange {
  readonly min: number;
  readonly max: number;
}

/** Frames [start, end), or samples of a lead. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

export interface LeadSurvey {
  readonly ranges: readonly LeadRange[];
  /** Frames in which no lead has a sample, in order. */
  readonly gaps: readonly Run[];
  /** Of each lead, its samples that are missing; among them the gaps. */
  readonly missing: readonly (readonly Run[])[];
  readonly warnings: readonly Warning[];
}

/** Reads everything once: which integers a lead has, and where it has none. */
export async function surveyLeads(
  recording: OpenRecording,
  frame: CommonFrame,
  options: WorkOptions,
): Promise<Result<LeadSurvey>> {
  const ranges = recording.leads.map(() => ({ min: Infinity, max: -Infinity }));
  const gaps: Run[] = [];
  const missing: Run[][] = recording.leads.map(() => []);
  const read = await eachBlock(recording, frame, options, ({ firstFrame, frames, leads }) => {
    const absent = new Uint16Array(frames);
    const total = frame.samplesPerFrame.reduce((sum, count) => sum + count, 0);
    let anyMissing = false;
    for (const [k, samples] of leads.entries()) {
      if (!widen(ranges[k]!, samples)) continue;
      anyMissing = true;
      const perFrame = frame.samplesPerFrame[k]!;
      const own = Uint16Array.from(samples, (sample) => (sample === MISSING_ADU ? 1 : 0));
      appendRuns(missing[k]!, own, firstFrame * perFrame, (count) => count > 0);
      for (let i = 0; i < own.length; i++) absent[Math.floor(i / perFrame)]! += own[i]!;
    }
    if (anyMissing) appendRuns(gaps, absent, firstFrame, (count) => count === total);
    return ok(null);
  });
  return read.ok ? ok({ ranges, gaps, missing, warnings: limited(recording, ranges) }) : read;
}

/** Values of a table may be larger than any integer of their gain. */
function limited({ name, leads }: OpenRecording, ranges: readonly LeadRange[]): Warning[] {
  return ranges.flatMap(({ min, max }, k) => {
    if (min > max || Math.max(-min, max) < MAX_ADU) return [];
    const { name: lead, gainAduPerUnit, units } = leads[k]!;
    const most = MAX_ADU / gainAduPerUnit;
    return [warningSaid('values-limited', 'warnings.valuesLimited', { name, lead, most, units })];
  });
}

/** Takes samples into a range; says whether any is missing. */
function widen(range: { min: number; max: number }, samples: Int32Array): boolean {
  let { min, max } = range;
  let anyMissing = false;
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i]!;
    if (sample === MISSING_ADU) anyMissing = true;
    else {
      if (sample < min) min = sample;
      if (sample > max) max = sample;
    }
  }
  range.min = min;
  range.max = max;
  return anyMissing;
}

/** Adds the runs of places for which a count answers a question; one that goes on from the block before grows. */
function appendRuns(
  runs: Run[],
  counts: Uint16Array,
  first: number,
  belongs: (count: number) => boolean,
): void {
  for (let f = 0; f < counts.length; f++) {
    if (!belongs(counts[f]!)) continue;
    let end = f + 1;
    while (end < counts.length && belongs(counts[end]!)) end++;
    const start = first + f;
    const last = runs.at(-1);
    if (last?.end === start) runs[runs.length - 1] = { start: last.start, end: first + end };
    else runs.push({ start, end: first + end });
    f = end;
  }
}
