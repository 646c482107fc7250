import { ok, type Result, type TimeSpan } from '../../shared/domain';
import { borrowScratch, giveBackScratch } from '../base/scratch';
import { createQrsDetector, type QrsDetector } from './detect-qrs';
import {
  amongLeads,
  connectedSeconds,
  fibrillatingWaves,
  restlessGaps,
  slowComplexes,
  type SecondsOfLead,
} from './quality';

/** Leads of a stretch as recorded; all have one rate and begin together. */
export interface RecordedStretch {
  /** mV, NaN where missing. */
  readonly raw: readonly Float64Array[];
  readonly rateHz: number;
  /** Of the first samples, from the start of the recording. */
  readonly startS: number;
  /** `assessLead` of each lead. */
  readonly assessed: readonly SecondsOfLead[];
}

/** What the leads of a stretch show together: the rules on pauses and noise ask this, whatever a model reads. */
export interface HeardStretch {
  /** R peaks, seconds from the start of the recording, [beats]. */
  readonly timeS: Float64Array;
  /** Quality of each second of each lead in the company of the others, from the same sample on (`amongLeads`). */
  readonly quality: readonly Uint8Array[];
  /** Each lead's own quality, second by second, with pauses told from leads that are off (`connectedSeconds`). */
  readonly connected: readonly Uint8Array[];
  /** Gaps between beats that are no pause (`restlessGaps`). */
  readonly restless: readonly TimeSpan[];
  /** 1 where the 3 s that begin with a second may be ventricular fibrillation (`fibrillatingWaves`), [seconds]. */
  readonly waves: Uint8Array;
  /** How quick the complexes of the 3 s that begin with a second are (`slowComplexes`), [seconds]. */
  readonly slow: Uint8Array;
}

/**
 * Finds the beats of a stretch in all of its leads, and what its leads can be trusted for.
 * @param step told the share of the work that is done, 0 to 1, after every minute; true ends it
 * @param foundS what `findBeats` answered of the same leads, where it was asked
 * @returns null when `step` said to stop
 */
export async function hearStretch(
  { raw, rateHz, startS, assessed }: RecordedStretch,
  step: (done: number) => boolean | Promise<boolean> = () => false,
  foundS?: Float64Array,
): Promise<HeardStretch | null> {
  const found = foundS ?? (await findBeats(raw, rateHz, step));
  if (!found) return null;
  const timeS = found.map((time) => time + startS);
  const connected = assessed.map(({ level }, l) => connectedSeconds(level, raw[l]!, rateHz));
  const heard = assessed.map(({ bands }, l) => ({ bands, quality: connected[l]! }));
  const restless = restlessGaps(heard, timeS, startS, startS + raw[0]!.length / rateHz);
  const quality = amongLeads(assessed);
  const waves = fibrillatingWaves(assessed, quality);
  const slow = slowComplexes(assessed, quality);
  return { timeS, quality, connected, restless, waves, slow };
}

/** R peaks in all leads together, s from their first sample; null when `step` said to stop. */
async function findBeats(
  leads: readonly Float64Array[],
  rateHz: number,
  step: (done: number) => boolean | Promise<boolean>,
): Promise<Float64Array | null> {
  const whole = { rateHz, leads: leads.length, length: leads[0]!.length };
  const found = await findBeatsOf(
    whole,
    (from, to) => ok(leads.map((lead) => lead.subarray(from, to))),
    step,
  );
  return found.ok ? found.value : null;
}

/**
 * The same of leads that are read minute by minute: the detector copies what it holds, and so little is held at a time.
 * @param read samples [from, to) of each lead
 * @returns null when `step` said to stop; what `read` answered where it could not
 */
export async function findBeatsOf(
  { rateHz, leads, length }: { rateHz: number; leads: number; length: number },
  read: (from: number, to: number) => ReadLeads | Promise<ReadLeads>,
  step: (done: number) => boolean | Promise<boolean>,
): Promise<Result<Float64Array | null>> {
  const scratch = borrowScratch('qrs');
  try {
    const detector = createQrsDetector({ rateHz, leads, scratch });
    return await heardBy(detector, length, Math.ceil(60 * rateHz), read, step);
  } finally {
    giveBackScratch('qrs', scratch);
  }
}

async function heardBy(
  detector: QrsDetector,
  length: number,
  piece: number,
  read: (from: number, to: number) => ReadLeads | Promise<ReadLeads>,
  step: (done: number) => boolean | Promise<boolean>,
): Promise<Result<Float64Array | null>> {
  const found: number[] = [];
  for (let start = 0; start < length; start += piece) {
    const part = await read(start, Math.min(length, start + piece));
    if (!part.ok) return part;
    for (const { timeS } of detector.push(part.value)) found.push(timeS);
    if (await step(Math.min(1, (start + piece) / length))) return ok(null);
  }
  for (const { timeS } of detector.flush()) found.push(timeS);
  return ok(Float64Array.from(found));
}

type ReadLeads = Result<readonly Float64Array[]>;
