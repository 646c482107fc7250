import { ok, type Result } from '../../../../shared/domain';
import { MISSING_ADU, type OpenRecording } from '../../open-recording';
import type { CommonFrame } from './common-frame';
import { eachBlock, type WorkOptions } from './read-frames';

/** The smallest and largest stored integer of a lead; `min` above `max` for a lead without any. */
export interface LeadRange {
  readonly min: number;
  readonly max: number;
}

/** Frames [start, end). */
export interface FrameRun {
  readonly start: number;
  readonly end: number;
}

export interface LeadSurvey {
  readonly ranges: readonly LeadRange[];
  /** Frames in which no lead has a sample, in order. */
  readonly gaps: readonly FrameRun[];
  /** Of each lead, frames in which it misses a sample; among them the gaps. */
  readonly missing: readonly (readonly FrameRun[])[];
}

/** Reads everything once: which integers a lead has, and where it has none. */
export async function surveyLeads(
  recording: OpenRecording,
  frame: CommonFrame,
  options: WorkOptions,
): Promise<Result<LeadSurvey>> {
  const ranges = recording.leads.map(() => ({ min: Infinity, max: -Infinity }));
  const gaps: FrameRun[] = [];
  const missing: FrameRun[][] = recording.leads.map(() => []);
  const read = await eachBlock(recording, frame, options, ({ firstFrame, frames, leads }) => {
    const absent = new Uint16Array(frames);
    const total = frame.samplesPerFrame.reduce((sum, count) => sum + count, 0);
    let anyMissing = false;
    for (const [k, samples] of leads.entries()) {
      if (!widen(ranges[k]!, samples)) continue;
      anyMissing = true;
      const perFrame = frame.samplesPerFrame[k]!;
      const own = new Uint16Array(frames);
      for (let i = 0; i < samples.length; i++) {
        if (samples[i] === MISSING_ADU) own[Math.floor(i / perFrame)]!++;
      }
      appendRuns(missing[k]!, own, firstFrame, (count) => count > 0);
      for (let f = 0; f < frames; f++) absent[f]! += own[f]!;
    }
    if (anyMissing) appendRuns(gaps, absent, firstFrame, (count) => count === total);
    return ok(null);
  });
  return read.ok ? ok({ ranges, gaps, missing }) : read;
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

/** Adds the runs of frames for which a count answers a question; one that goes on from the block before grows. */
function appendRuns(
  runs: FrameRun[],
  counts: Uint16Array,
  firstFrame: number,
  belongs: (count: number) => boolean,
): void {
  for (let f = 0; f < counts.length; f++) {
    if (!belongs(counts[f]!)) continue;
    let end = f + 1;
    while (end < counts.length && belongs(counts[end]!)) end++;
    const start = firstFrame + f;
    const last = runs.at(-1);
    if (last?.end === start) runs[runs.length - 1] = { start: last.start, end: firstFrame + end };
    else runs.push({ start, end: firstFrame + end });
    f = end;
  }
}
