import { createScratch, type Scratch } from '../../base/scratch';
import { isStrip } from '../../../shared/domain/strip';
import { qualityFeatures, SECOND_FEATURES, type LeadBands } from './quality-features';
import { QUALITY_WEIGHTS } from './quality-weights';

/** What a second of a lead is worth; the numbers are those of `signalQuality`. */
export const QUALITY = { off: 0, noisy: 1, good: 2 } as const;

/** Taken from the mean over a strip that is added to each of its seconds, so that 2 % of normal strips are noise. */
const STRIP_MARGIN = 0.35;
const MOST_LOGIT = 8;
/** A second with a logit above `alone` may have noise on it; the others hold where another lead is noisy. */
const DOUBT_LOGIT = { besideNoise: -3, alone: -1.5, lostBesideNoise: -0.75 } as const;

/** How much of a doubt a second of a lead leaves, more and more; the numbers are those of `SecondsOfLead.doubt`. */
export const DOUBT = { none: 0, besideNoise: 1, alone: 2, lostBesideNoise: 3, noisy: 4 } as const;

/** The network's inputs were clipped to this many standard deviations. */
const CLIP = 4;

/** Quality of one lead, [seconds] each. */
export interface SecondsOfLead {
  /** One of QUALITY. */
  readonly level: Uint8Array;
  /**
   * One of DOUBT: whether noise may have changed what a beat looks like, or hidden one, by itself or where another lead is
   * noisy; whether it has where another lead is noisy (`amongLeads`); whether it has. A lead that is off is in doubt.
   */
  readonly doubt: Uint8Array;
  /** How much its complexes resemble their neighbours: mean correlation of P wave, QRS and T wave, 0 without any. */
  readonly alike: Float32Array;
  readonly bands: LeadBands;
}

/**
 * Quality of one lead, second by second: 0 off (flat below 0.02 mV, or mostly missing), 1 noisy (its beats cannot be
 * trusted), 2 good. Learned from real electrode motion, muscle noise and wander added to Holter leads, from strips that
 * cardiologists called too noisy, and from ventricular fibrillation, which is no noise (training/quality/fit.py). Of
 * records held out, 81 % of the seconds with noise at 0 dB are noisy, 62 % at 3 dB, 3 % at 12 dB and 0.1 % without.
 *
 * A strip is held by one hand from its beginning to its end, so that its mean stands for each of its seconds: of strips
 * held out 81 % of the segments of noisy ones have fewer than four good seconds at 2.0 % of normal ones, 73 % without.
 *
 * @param rawMv samples in mV as recorded, NaN where missing; half a minute or more is best, since beats are compared
 * @param rateHz 100 Hz or more
 * @param durationS of the recording that the samples are of; a strip has to be given whole
 * @returns one value per second from the first sample on, [ceil(length / rateHz)]; the last may be of a shorter one
 */
export function signalQuality(
  rawMv: Float64Array,
  rateHz: number,
  durationS = Infinity,
): Uint8Array {
  return assessLead(rawMv, rateHz, durationS).level;
}

/**
 * `signalQuality`, and where it leaves a doubt. Of ten-second segments of records held out with electrode motion or
 * muscle noise 86 % are doubtful for half of their time or more at 6 dB, 7 % at 15 dB, and 1.5 % without noise.
 * @param scratch holds the bands, until they are released
 */
export function assessLead(
  rawMv: Float64Array,
  rateHz: number,
  durationS = Infinity,
  scratch: Scratch = createScratch(),
): SecondsOfLead {
  const { seconds, rows, off, bands } = qualityFeatures(rawMv, rateHz, scratch);
  const width = SECOND_FEATURES.length;
  const alike = Float32Array.from(off, (_, s) => rows[s * width + WHOLE]!);
  const usual = QUALITY_WEIGHTS.mean.slice(0, width);
  for (let s = 0; s < seconds; s++) if (off[s]) rows.set(usual, s * width);
  const sums = runningSums(rows, seconds, width);
  const inputs = new Float64Array(MEAN.length);
  const logits = new Float64Array(seconds).fill(NaN);
  for (let s = 0; s < seconds; s++) {
    if (off[s]) continue;
    fillInputs(inputs, sums, seconds, s);
    logits[s] = Math.max(-MOST_LOGIT, Math.min(MOST_LOGIT, logitOf(inputs)));
  }
  const shift = isStrip(durationS) ? meanOf(logits) - STRIP_MARGIN : 0;
  const level = new Uint8Array(seconds);
  const doubt = new Uint8Array(seconds);
  for (let s = 0; s < seconds; s++) {
    doubt[s] = off[s] ? DOUBT.alone : doubtOf(logits[s]! + shift);
    level[s] = off[s] ? QUALITY.off : doubt[s] === DOUBT.noisy ? QUALITY.noisy : QUALITY.good;
  }
  return { level, doubt, alike, bands };
}

function doubtOf(logit: number): number {
  if (logit > QUALITY_WEIGHTS.threshold) return DOUBT.noisy;
  if (logit > DOUBT_LOGIT.lostBesideNoise) return DOUBT.lostBesideNoise;
  if (logit > DOUBT_LOGIT.alone) return DOUBT.alone;
  return logit > DOUBT_LOGIT.besideNoise ? DOUBT.besideNoise : DOUBT.none;
}

const WHOLE = SECOND_FEATURES.indexOf('whole');
const MEAN = Float64Array.from(QUALITY_WEIGHTS.mean);
const SCALE = Float64Array.from(QUALITY_WEIGHTS.scale);
const REACHES_S = QUALITY_WEIGHTS.reachesS;

/** Averages around a second over each reach, as the network was given them. */
function fillInputs(inputs: Float64Array, sums: Float64Array, seconds: number, s: number): void {
  const width = SECOND_FEATURES.length;
  for (let r = 0; r < REACHES_S.length; r++) {
    const low = Math.max(0, s - REACHES_S[r]!);
    const high = Math.min(seconds, s + REACHES_S[r]! + 1);
    for (let f = 0; f < width; f++) {
      const i = r * width + f;
      const average = (sums[high * width + f]! - sums[low * width + f]!) / (high - low);
      inputs[i] = Math.max(-CLIP, Math.min(CLIP, (average - MEAN[i]!) / SCALE[i]!));
    }
  }
}

const HIDDEN = Float64Array.from(QUALITY_WEIGHTS.hidden);

/** The network, four of its sixteen hidden units side by side: one sum alone waits for itself most of the time. */
function logitOf(inputs: Float64Array): number {
  const { hiddenBias, out, outBias } = QUALITY_WEIGHTS;
  const width = inputs.length;
  let logit = outBias[0]!;
  for (let h = 0; h < hiddenBias.length; h += 4) {
    let h0 = hiddenBias[h]!;
    let h1 = hiddenBias[h + 1]!;
    let h2 = hiddenBias[h + 2]!;
    let h3 = hiddenBias[h + 3]!;
    let at = h * width;
    for (let i = 0; i < width; i++, at++) {
      const value = inputs[i]!;
      h0 += HIDDEN[at]! * value;
      h1 += HIDDEN[at + width]! * value;
      h2 += HIDDEN[at + 2 * width]! * value;
      h3 += HIDDEN[at + 3 * width]! * value;
    }
    if (h0 > 0) logit += out[h]! * h0;
    if (h1 > 0) logit += out[h + 1]! * h1;
    if (h2 > 0) logit += out[h + 2]! * h2;
    if (h3 > 0) logit += out[h + 3]! * h3;
  }
  return logit;
}

/** Mean of what is a number; 0 where nothing is. */
function meanOf(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
}

/** Sums of the rows before each, [seconds + 1, width]. */
function runningSums(rows: Float32Array, seconds: number, width: number): Float64Array {
  const sums = new Float64Array((seconds + 1) * width);
  for (let i = 0; i < seconds * width; i++) sums[i + width] = sums[i]! + rows[i]!;
  return sums;
}
