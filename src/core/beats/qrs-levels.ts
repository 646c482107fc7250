import { LEVEL_BLOCK } from './qrs-constants';
import { lowerQuantile, quantilesAround } from './quantiles';

/** How strong QRS complexes and background are in one lead, per block of LEVEL_BLOCK samples. */
export interface LeadLevels {
  /** Typical height of a QRS complex over about 18 s. */
  readonly peak: Float64Array;
  /** Background between complexes, the larger of 1.2 s and 7 s. */
  readonly background: Float64Array;
  /** Largest value within 1.4 s. */
  readonly activity: Float64Array;
}

/** The envelope is smooth over 100 ms: every tenth sample (40 ms) tells its levels. */
const STRIDE = 10;
const PER_BLOCK = LEVEL_BLOCK / STRIDE;

/**
 * Levels of an envelope. Medians over many windows, because a burst of noise or a big ectopic beat must not
 * move them, as in the estimates of Hamilton, "Open source ECG analysis" (Computers in Cardiology 2002; 29:101)
 * but on both sides in time, since some seconds of delay do no harm here.
 * @param envelope at QRS_RATE_HZ, 0 or more
 * @param missing 1 where the lead has no sample; a block that is mostly missing counts for nothing
 */
export function leadLevels(envelope: Float64Array, missing: Uint8Array | null): LeadLevels {
  const top = blockTops(envelope);
  const peak = peaksOf(top, missing);
  const blocks = top.length;
  const thin = new Float64Array(blocks * PER_BLOCK);
  for (let i = 0; i < thin.length; i++)
    thin[i] = envelope[Math.min(envelope.length - 1, i * STRIDE)]!;
  const quiet = new Float64Array(blocks);
  for (let b = 0; b < blocks; b++) {
    quiet[b] = lowerQuantile(thin, 0.35, 0, {
      from: (b - 1) * PER_BLOCK,
      end: (b + 2) * PER_BLOCK,
    });
  }
  const activity = new Float64Array(blocks);
  const background = new Float64Array(blocks);
  const usual = quantilesAround(quiet, 0.5, { before: 8, after: 8, step: 1 });
  for (let b = 0; b < blocks; b++) {
    activity[b] = largest(top, b - 3, b + 4);
    background[b] = Math.max(quiet[b]!, usual[b]!);
  }
  return { peak, background, activity };
}

/** `peak` of the levels of an envelope alone. */
export function leadPeaks(envelope: Float64Array, missing: Uint8Array | null): Float64Array {
  return peaksOf(blockTops(envelope), missing);
}

/** Largest of every other value of each block. */
function blockTops(envelope: Float64Array): Float64Array {
  const top = new Float64Array(Math.ceil(envelope.length / LEVEL_BLOCK));
  for (let b = 0; b < top.length; b++) {
    const end = Math.min(envelope.length, (b + 1) * LEVEL_BLOCK);
    let most = 0;
    for (let i = b * LEVEL_BLOCK; i < end; i += 2) if (envelope[i]! > most) most = envelope[i]!;
    top[b] = most;
  }
  return top;
}

function peaksOf(top: Float64Array, missing: Uint8Array | null): Float64Array {
  const blocks = top.length;
  const usable = new Uint8Array(blocks).fill(1);
  if (missing) markUsable(missing, usable);
  /** Largest of the 1.6 s about each block; what is NaN is left out. */
  const tops = new Float64Array(blocks);
  for (let b = 0; b < blocks; b++) tops[b] = usable[b] ? largest(top, b - 1, b + 3) : NaN;
  return quantilesAround(tops, 0.5, { before: 22, after: 22, step: 2 });
}

/** Largest of the entries from one to before another, those that there are. */
function largest(x: Float64Array, from: number, end: number): number {
  let most = 0;
  const last = Math.min(x.length, end);
  for (let i = Math.max(0, from); i < last; i++) if (x[i]! > most) most = x[i]!;
  return most;
}

function markUsable(missing: Uint8Array, usable: Uint8Array): void {
  for (let b = 0; b < usable.length; b++) {
    let count = 0;
    const end = Math.min(missing.length, (b + 1) * LEVEL_BLOCK);
    for (let i = b * LEVEL_BLOCK; i < end; i++) count += missing[i]!;
    if (count > LEVEL_BLOCK / 4) usable[b] = 0;
  }
}

/**
 * How much a lead is to be believed in each block: its peak-to-background ratio, cut to 0.02 of that while
 * nothing of QRS size happens in it (lead off, saturated), and to a fifth in the shadow of an artefact.
 */
export function leadWeights(levels: LeadLevels): Float64Array {
  const weights = new Float64Array(levels.peak.length);
  for (let b = 0; b < weights.length; b++) {
    const peak = levels.peak[b]!;
    if (!(peak > 0)) continue;
    const ratio = Math.min(50, peak / (levels.background[b]! + 1e-9 * peak));
    const activity = levels.activity[b]! / peak;
    const trust = activity < 0.3 ? 0.02 : activity > 4 ? 0.2 : 1;
    weights[b] = Math.max(0.05, ratio - 2) * trust;
  }
  return weights;
}
