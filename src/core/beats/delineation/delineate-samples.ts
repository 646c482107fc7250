import { createResampler, withoutGaps } from '../../dsp';
import { delineate } from './delineate';
import { globalMarks } from './global-marks';
import { MARK_NAMES, type BeatMarks } from './types';
import { DELINEATION_RATE_HZ } from './wavelet';

export interface Delineation {
  /** Marks of each lead, in the order of the leads. */
  readonly leads: readonly BeatMarks[];
  /** Marks of the beat over all leads. */
  readonly all: BeatMarks;
}

/** A beat is not delineated in a lead that is missing anywhere from so long before to so long after its R peak. */
const NEEDED_BEFORE_S = 0.35;
const NEEDED_AFTER_S = 0.65;

/**
 * `delineate` for samples as they are read: any rate, any offset, with gaps.
 * @param leads one array a lead, all of one length, in mV, NaN where missing
 * @param rateHz rate of the leads, 100 Hz or more
 * @param timeS R peaks in seconds from the first sample, ascending
 */
export function delineateSamples(
  leads: readonly Float64Array[],
  rateHz: number,
  timeS: Float64Array,
): Delineation {
  const resampler = createResampler(rateHz, DELINEATION_RATE_HZ);
  const found = delineate(
    leads.map((lead) => resampler.whole(withoutGaps(lead))),
    timeS,
  );
  leads.forEach((lead, l) => {
    const gapsUpTo = missingUpTo(lead);
    const at = (seconds: number): number =>
      gapsUpTo[Math.max(0, Math.min(lead.length, Math.round(seconds * rateHz)))]!;
    timeS.forEach((time, beat) => {
      if (at(time + NEEDED_AFTER_S) === at(time - NEEDED_BEFORE_S)) return;
      for (const name of MARK_NAMES) found[l]![name][beat] = NaN;
    });
  });
  return { leads: found, all: globalMarks(found) };
}

/** How many samples are missing before each place, [samples + 1]. */
function missingUpTo(lead: Float64Array): Uint32Array {
  const count = new Uint32Array(lead.length + 1);
  for (let i = 0; i < lead.length; i++) count[i + 1] = count[i]! + (Number.isNaN(lead[i]!) ? 1 : 0);
  return count;
}
