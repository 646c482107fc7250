import { ok, type Band, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import { createScratch, type Scratch } from '../../base/scratch';
import { hearStretch, type HeardStretch } from '../../beats/hear-stretch';
import { assessLead, type SecondsOfLead } from '../../beats/quality';
import { pacedBeats } from '../../beats/pacing';
import { beatTokens, type BeatTokens, type FilteredLead } from '../../beats/features';
import { createBandpass } from '../../dsp';
import type { LeadSignal } from '../../recordings/lead-signal';

/** A recording up to this long is one stretch, as all of the training's were. */
const ONE_STRETCH_S = 2700;
/** Length that stretches of longer ones come near to: enough for a dominant beat, and memory within its budget. */
const STRETCH_S = 1200;
/** Read on each side of a stretch: the filter's margin (24 s) and as many beats of context as a sequence needs. */
const CONTEXT_S = 75;

/** A stretch of a recording, and how much of its surroundings is read with it. */
export interface StretchSpan {
  readonly startS: number;
  readonly endS: number;
  readonly fromS: number;
  readonly toS: number;
}

/** Cuts a recording into equal stretches of about twenty minutes; anything up to 45 minutes is one. */
export function stretchesOf(durationS: number): StretchSpan[] {
  const count = durationS <= ONE_STRETCH_S ? 1 : Math.round(durationS / STRETCH_S);
  return Array.from({ length: count }, (_, i) => {
    const startS = (i * durationS) / count;
    const endS = ((i + 1) * durationS) / count;
    return {
      startS,
      endS,
      fromS: Math.max(0, startS - CONTEXT_S),
      toS: Math.min(durationS, endS + CONTEXT_S),
    };
  });
}

/** Beats of a stretch, and which of them a pacemaker made. */
export interface StretchBeats extends BeatTokens {
  /** 1 where a pacing spike begins the beat (`pacedBeats`), [beats]. */
  readonly paced: Uint8Array;
}

/** A stretch in memory: its leads as recorded and filtered, and its beats. */
export interface BeatStretch extends Omit<HeardStretch, 'timeS'> {
  /** mV as recorded, NaN where missing; the first sample is at `leads[i].startS`. Held by the scratch. */
  readonly raw: readonly Float64Array[];
  /** How much in doubt the seconds of each lead are (`assessLead`). */
  readonly doubt: readonly Uint8Array[];
  readonly tokens: StretchBeats;
}

/** What `readBeatStretch` can be told besides. */
export interface StretchWork {
  /** R peaks, s from the first sample that is read, where they are known; else they are looked for. */
  readonly foundS?: Float64Array | undefined;
  /** See `beatTokens`. */
  readonly marginSamples?: number;
  /** Holds what the work needs, and `raw`; nobody else may take of it meanwhile. */
  readonly scratch?: Scratch;
  /** Called with the share that is done, 0 to 1, after every piece of work; true ends it with `cancelled`. */
  step?(done: number): boolean | Promise<boolean>;
}

/** Where the shares of the work end; measured on half an hour of two leads at 360 Hz. */
const READ_DONE = 0.15;
const DETECT_DONE = 0.85;

/**
 * Reads, filters and detects the beats of a stretch with its surroundings, and measures them.
 * @param leads leads of one sampling rate
 * @param band what the model reads: the filter of its card
 */
export async function readBeatStretch(
  leads: readonly LeadSignal[],
  { fromS, toS }: Pick<StretchSpan, 'fromS' | 'toS'>,
  band: Band,
  { foundS, marginSamples = 0, scratch = createScratch(), step = () => false }: StretchWork = {},
): Promise<Result<BeatStretch>> {
  const cancelled = errSaid('cancelled', 'failures.beatsCancelled');
  const raw: Float64Array[] = [];
  const filtered: FilteredLead[] = [];
  const assessed: SecondsOfLead[] = [];
  for (const lead of leads) {
    const { rateHz, length } = lead;
    const [start, end] = spanOf(lead, { fromS, toS });
    const samples = await readInto(scratch.take(end - start), lead, start);
    if (!samples.ok) return samples;
    raw.push(samples.value);
    assessed.push(assessLead(samples.value, rateHz, length / rateHz, scratch));
    filtered.push({
      samples: createBandpass(rateHz, band).apply(samples.value, scratch),
      rateHz,
      startS: start / rateHz,
    });
    if (await step((READ_DONE * raw.length) / leads.length)) return cancelled;
  }
  const startS = filtered[0]!.startS;
  const recorded = { raw, rateHz: leads[0]!.rateHz, startS, assessed };
  const detecting = (done: number): boolean | Promise<boolean> =>
    step(READ_DONE + (DETECT_DONE - READ_DONE) * done);
  const heard = await hearStretch(recorded, detecting, foundS);
  if (!heard) return cancelled;
  const { timeS, ...rest } = heard;
  // Written out: an object spread has another shape each time, and what was compiled for the last one is no good.
  const judged = filtered.map(({ samples, rateHz, startS: leadStartS }, l) => ({
    samples,
    rateHz,
    startS: leadStartS,
    quality: assessed[l]!.level,
  }));
  const measured = beatTokens(judged, timeS, marginSamples);
  const asRecorded = raw.map((samples) => ({ samples, rateHz: recorded.rateHz, startS }));
  const paced = pacedBeats(asRecorded, timeS, measured.forms, measured.seen);
  const tokens = { ...measured, paced };
  const doubt = assessed.map((lead) => lead.doubt);
  // Quality in company is of segments alone: a beat that is seen may well be ectopic, however little of its
  // surroundings can be read.
  return (await step(1)) ? cancelled : ok({ raw, ...rest, doubt, tokens });
}

/** Samples of a lead from `start` on, minute by minute: pieces are collected sooner than what is as long as a stretch. */
async function readInto(
  samples: Float64Array,
  { rateHz, read }: LeadSignal,
  start: number,
): Promise<Result<Float64Array>> {
  const piece = Math.ceil(60 * rateHz);
  for (let done = 0; done < samples.length; done += piece) {
    const part = await read(start + done, start + Math.min(samples.length, done + piece));
    if (!part.ok) return part;
    samples.set(part.value, done);
  }
  return ok(samples);
}

/** Samples [start, end) of a lead over a stretch and its surroundings. */
export function spanOf(
  { rateHz, length }: LeadSignal,
  { fromS, toS }: Pick<StretchSpan, 'fromS' | 'toS'>,
): [start: number, end: number] {
  return [Math.floor(fromS * rateHz), Math.min(length, Math.ceil(toS * rateHz))];
}
