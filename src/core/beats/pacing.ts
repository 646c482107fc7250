import { upperMedian } from '../../shared/domain/order-statistics';
import { FEWEST_OF_FORM } from './features';

/** Below this rate a pacing spike of 2 ms leaves nothing to be told by. */
const LOWEST_RATE_HZ = 300;
/** Window around the R peak, and the part before it that is taken for the baseline, s. */
const WINDOW = { beforeS: 0.22, afterS: 0.17 } as const;
const BASELINE = { fromS: -0.167, toS: -0.083 } as const;
/** The QRS complex, or the spike before it, begins where the beat first leaves the baseline by this share of its height. */
const ONSET = { fromS: -0.139, share: 0.12, reachS: 0.015 } as const;
/** Step of the second difference, s: shorter than any wave of the heart, as long as a spike on tape. */
const STEP_S = 1 / 360;
/**
 * Second difference at the onset, as a share of the beat's height, from which it is a spike. On tape (MIT-BIH, 360 Hz)
 * the dominant beats of the paced records 102, 104, 107 and 217 have 0.26, 0.28, 0.14 and 0.19, all others of the
 * first half 0.08 or less; at 500 Hz (LUDB and PTB-XL) the beats of nine people with a pacemaker have 0.25 to 1.4,
 * sharp QRS complexes up to 0.19.
 */
const SPIKE_SHARE = { onTape: 0.12, wideband: 0.22 } as const;
const WIDEBAND_HZ = 450;
/** It also returns at once: it stands out of its 11 ms by this share of the beat's height. */
const RETURN_S = 0.0055;
const RETURN_SHARE = 0.1;
/** It is the sharpest corner of the whole beat, or nearly. */
const SHARPEST_SHARE = 0.98;
/** Before it the lead is smooth: half of the corners there are below this part of the spike's. Hum of the mains has 0.5. */
const SMOOTH_SHARE = 0.2;
/**
 * After it comes the complex that it makes: from 30 to 160 ms after the spike the beat is away from the baseline by this
 * share of its height at some time. Where a narrow QRS complex is itself the sharpest corner, only ST follows: 0.13 or less
 * in five of MIT-BIH and PTB-XL, 0.27 or more in all paced beats at hand.
 */
const COMPLEX = { fromS: 0.03, toS: 0.16, share: 0.2 } as const;
/** Beats of a form that are averaged at most, and how far each is moved to line up, s. */
const MOST_BEATS = 40;
/** A form with less than the first share of the beats is not looked at; less than the second in all is no paced heart. */
const LEAST_SHARE = { ofForm: 0.1, inAll: 0.3 } as const;
const FEWEST_BEATS = Math.max(5, FEWEST_OF_FORM);
const ALIGN_S = 0.0167;
const ROUNDS = 2;

/** A lead as recorded. */
export interface RawLead {
  /** mV, NaN where missing. */
  readonly samples: Float64Array;
  readonly rateHz: number;
  /** Time of the first sample from the start of the recording. */
  readonly startS: number;
}

/**
 * Which beats begin with a pacing spike: in the median beat of their form, the sharpest corner lies where the beat
 * leaves the baseline. A heart's own QRS complex begins softly and is sharpest at its peaks; a spike of a few
 * milliseconds, smeared by tape or filters as it may be, is sharpest of all and stands first. Measured on the signal as
 * recorded, since a band-pass rounds spikes off.
 * @param forms form of each beat (`BeatForms.forms`), [beats]
 * @param seen 1 where the beat can be trusted, [beats]
 * @returns 1 for each beat of a form that a spike begins, [beats]
 */
export function pacedBeats(
  leads: readonly RawLead[],
  timeS: Float64Array,
  forms: Int32Array,
  seen: Uint8Array,
): Uint8Array {
  const members = new Map<number, number[]>();
  forms.forEach((form, beat) => {
    if (form < 0 || !seen[beat]) return;
    const own = members.get(form);
    if (own) own.push(beat);
    else members.set(form, [beat]);
  });
  const paced = new Set<number>();
  const total = seen.reduce((sum, own) => sum + own, 0);
  let found = 0;
  for (const [form, beats] of members) {
    if (beats.length < Math.max(FEWEST_BEATS, LEAST_SHARE.ofForm * total)) continue;
    const stride = Math.max(1, beats.length / MOST_BEATS);
    const chosen: number[] = [];
    for (let i = 0; i < beats.length; i += stride) chosen.push(timeS[beats[Math.floor(i)]!]!);
    if (!leads.some((lead) => beginsWithSpike(lead, chosen))) continue;
    paced.add(form);
    found += beats.length;
  }
  const isPaced = found >= LEAST_SHARE.inAll * total;
  return Uint8Array.from(forms, (form) => (isPaced && paced.has(form) ? 1 : 0));
}

function beginsWithSpike(lead: RawLead, timesS: readonly number[]): boolean {
  if (lead.rateHz < LOWEST_RATE_HZ) return false;
  const beat = medianBeat(lead, timesS);
  if (!beat) return false;
  const { rateHz } = lead;
  const at = (s: number): number => Math.round((s + WINDOW.beforeS) * rateHz);
  const height = Math.max(...beat) - Math.min(...beat);
  const baseline = upperMedian(beat.subarray(at(BASELINE.fromS), at(BASELINE.toS)));
  const onset = beat.findIndex(
    (value, i) => i >= at(ONSET.fromS) && Math.abs(value - baseline) > ONSET.share * height,
  );
  if (onset < 0) return false;
  const corners = secondDifference(beat, rateHz);
  const reach = Math.round(ONSET.reachS * rateHz);
  const first = largest(corners, onset - reach, onset + reach);
  const least = rateHz < WIDEBAND_HZ ? SPIKE_SHARE.onTape : SPIKE_SHARE.wideband;
  if (first < least * height) return false;
  if (first < SHARPEST_SHARE * largest(corners, 0, Infinity)) return false;
  const before = corners.subarray(Math.max(1, Math.round(STEP_S * rateHz)), onset - reach);
  if (before.length > 0 && upperMedian(before) > SMOOTH_SHARE * first) return false;
  const spike = corners.indexOf(first, Math.max(0, onset - reach));
  const after = beat.subarray(
    spike + Math.round(COMPLEX.fromS * rateHz),
    spike + Math.round(COMPLEX.toS * rateHz),
  );
  if (!after.some((value) => Math.abs(value - baseline) >= COMPLEX.share * height)) return false;
  return largest(aboveMedian(beat, rateHz), onset - reach, onset + reach) >= RETURN_SHARE * height;
}

/** By how much each sample stands out of the median of 11 ms around it: a spike does, a wave does not. */
function aboveMedian(x: Float64Array, rateHz: number): Float64Array {
  const half = Math.max(1, Math.round(RETURN_S * rateHz));
  return x.map((value, i) =>
    Math.abs(value - upperMedian(x.subarray(Math.max(0, i - half), i + half + 1))),
  );
}

/** Sample-wise median of beats lined up by their corners; null where too few lie whole in the lead. */
function medianBeat(lead: RawLead, timesS: readonly number[]): Float64Array | null {
  const { samples, rateHz, startS } = lead;
  const before = Math.round(WINDOW.beforeS * rateHz);
  const length = before + Math.round(WINDOW.afterS * rateHz);
  const reach = Math.round(ALIGN_S * rateHz);
  const whole = timesS.flatMap((timeS) => {
    const first = Math.round((timeS - startS) * rateHz) - before - reach;
    const window = samples.subarray(first, first + length + 2 * reach);
    const isWhole = first >= 0 && window.length === length + 2 * reach;
    return isWhole && window.every(Number.isFinite) ? [window] : [];
  });
  if (whole.length < FEWEST_BEATS) return null;
  const shifts = whole.map(() => reach);
  let beat = medianOf(whole, shifts, length);
  for (let round = 0; round < ROUNDS; round++) {
    const corners = signedCorners(beat, rateHz);
    whole.forEach((window, b) => {
      const own = signedCorners(window, rateHz);
      let best = -Infinity;
      for (let shift = 0; shift <= 2 * reach; shift++) {
        let sum = 0;
        for (let i = 0; i < length; i++) sum += corners[i]! * own[i + shift]!;
        if (sum > best) {
          best = sum;
          shifts[b] = shift;
        }
      }
    });
    beat = medianOf(whole, shifts, length);
  }
  return beat;
}

function medianOf(
  windows: readonly Float64Array[],
  shifts: readonly number[],
  length: number,
): Float64Array {
  return Float64Array.from({ length }, (_, i) =>
    upperMedian(windows.map((window, b) => window[i + shifts[b]!]!)),
  );
}

function signedCorners(x: Float64Array, rateHz: number): Float64Array {
  const step = Math.max(1, Math.round(STEP_S * rateHz));
  return x.map((value, i) =>
    i < step || i + step >= x.length ? 0 : x[i - step]! - 2 * value + x[i + step]!,
  );
}

function secondDifference(x: Float64Array, rateHz: number): Float64Array {
  return signedCorners(x, rateHz).map(Math.abs);
}

function largest(x: Float64Array, from: number, to: number): number {
  let out = 0;
  for (let i = Math.max(0, from); i < Math.min(x.length, to + 1); i++) out = Math.max(out, x[i]!);
  return out;
}
