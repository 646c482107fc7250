import { LEAD_NAMES, type LeadName } from './beat-shapes';
import type { Scenario } from './scenario';

/** Height of f waves per lead in mV; they are largest in V1. */
const AMPLITUDE_MV: Readonly<Record<LeadName, number>> = { MLII: 0.045, V1: 0.085, V5: 0.03 };
const RAMP_S = 0.5;

/**
 * Adds the f waves of atrial fibrillation to one lead: a sawtooth of three harmonics whose frequency (6.3 Hz) and
 * amplitude are slowly modulated, the model of Stridh and Sornmo, "Spatiotemporal QRST cancellation techniques for
 * analysis of atrial fibrillation", IEEE Trans Biomed Eng 48(1), 2001, equations (22) to (24).
 */
export function addFibrillation(
  mv: Float64Array,
  startSample: number,
  rateHz: number,
  lead: number,
  scenario: Scenario,
): void {
  const amplitude = AMPLITUDE_MV[LEAD_NAMES[lead]!];
  const endSample = startSample + mv.length;
  let beganS = 0;
  for (const { rhythm, untilS } of scenario.stretches) {
    const from = Math.max(startSample, Math.ceil(beganS * rateHz));
    const to = Math.min(endSample, Math.floor(untilS * rateHz));
    if (rhythm === 'afib') {
      for (let sample = from; sample < to; sample++) {
        const t = sample / rateHz;
        const ramp = Math.min(1, (t - beganS) / RAMP_S, (untilS - t) / RAMP_S);
        const angle =
          2 * Math.PI * 6.3 * t + (0.25 / 0.11) * Math.sin(2 * Math.PI * 0.11 * t) + lead;
        const envelope =
          1 +
          0.3 * Math.sin(2 * Math.PI * 0.08 * t) +
          0.25 * Math.sin(2 * Math.PI * 0.43 * t + lead);
        let wave = 0;
        for (let k = 1; k <= 3; k++) wave -= (2 / (k * Math.PI)) * Math.sin(k * angle);
        mv[sample - startSample]! += ramp * amplitude * envelope * wave;
      }
    }
    beganS = untilS;
  }
}
