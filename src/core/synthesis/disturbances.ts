import type { Random } from './random';
import type { Disturbance, Scenario } from './scenario';

/** Adds one lead's noise to a chunk of samples; keeps its state from chunk to chunk. */
export type AddNoise = (mv: Float64Array, startSample: number) => void;

const RAMP_S = 0.8;
/** Electrode and amplifier noise that is always there, root mean square. */
const ELECTRODE_MV = 0.006;
const RESPIRATION_HZ = 0.25;
const RESPIRATION_MV = 0.03;
const RESTING_WANDER_MV = 0.035;
const MAINS_HZ = 50;
const LEAD_OFF_MV = -0.42;
/** A lead put back: offset that decays as the recorder's high-pass of 0.05 to 0.5 Hz recovers. */
const RECONNECT_MV = 1.6;
const RECONNECT_DECAY_S = 0.45;

/** Level of a disturbance at a time: ramps up and down within its stretch. */
function level({ startS, endS, levelMv = 0 }: Disturbance, timeS: number): number {
  const inside = Math.min(timeS - startS, endS - timeS);
  return inside <= 0 ? 0 : levelMv * Math.min(1, inside / RAMP_S);
}

/** First-order low-pass of white noise, scaled to unit variance. */
function colouredNoise(random: Random, cutoffHz: number, rateHz: number): () => number {
  const keep = Math.exp((-2 * Math.PI * cutoffHz) / rateHz);
  const drive = Math.sqrt(1 - keep * keep);
  let state = 0;
  return () => (state = keep * state + drive * random.normal());
}

/**
 * Noise of one lead. Baseline wander is respiration at 0.25 Hz and a slow random drift, muscle noise is white noise
 * without its part below 25 Hz, mains has a third harmonic (kinds and bands as in the MIT-BIH Noise Stress Test
 * Database; Moody, Muldrow and Mark 1984).
 */
export function createNoise(
  scenario: Scenario,
  lead: number,
  rateHz: number,
  random: Random,
): AddNoise {
  const drift = colouredNoise(random, 0.12, rateHz);
  const smoothDrift = smoother(0.6, rateHz);
  const electrode = colouredNoise(random, 60, rateHz);
  const muscleLow = smoother(25, rateHz);
  const phase = random.between(0, 2 * Math.PI);
  const off = scenario.disturbances.filter((d) => d.kind === 'lead-off' && d.lead === lead);
  const added = scenario.disturbances.filter((d) => d.kind !== 'lead-off' && d.kind !== 'gap');
  const thirdHarmonic = 6 * MAINS_HZ < rateHz ? 0.25 : 0;

  return (mv, startSample) => {
    const active = added.filter((d) => overlaps(d, startSample / rateHz, mv.length / rateHz));
    for (let i = 0; i < mv.length; i++) {
      const timeS = (startSample + i) / rateHz;
      let wanderMv = RESTING_WANDER_MV;
      let noise = ELECTRODE_MV * electrode();
      for (const disturbance of active) {
        const now = level(disturbance, timeS);
        if (now === 0) continue;
        if (disturbance.kind === 'wander') wanderMv += now;
        else if (disturbance.kind === 'mains') {
          const angle = 2 * Math.PI * MAINS_HZ * timeS + phase;
          noise += Math.SQRT2 * now * (Math.sin(angle) + thirdHarmonic * Math.sin(3 * angle));
        } else {
          const white = random.normal();
          const bursts = 1 + 0.6 * Math.sin(2 * Math.PI * 0.7 * timeS + phase);
          noise += now * bursts * (white - muscleLow(white));
        }
      }
      const breath = Math.sin(2 * Math.PI * RESPIRATION_HZ * timeS + phase);
      mv[i]! += noise + RESPIRATION_MV * breath + wanderMv * smoothDrift(drift());
    }
    for (const d of off) holdFlat(d, mv, startSample, rateHz);
  };
}

function smoother(cutoffHz: number, rateHz: number): (value: number) => number {
  const keep = Math.exp((-2 * Math.PI * cutoffHz) / rateHz);
  let state = 0;
  return (value) => (state = keep * state + (1 - keep) * value);
}

/** Whether a disturbance touches a chunk, with the time that a lead takes to come back. */
function overlaps({ startS, endS }: Disturbance, chunkStartS: number, chunkS: number): boolean {
  return startS < chunkStartS + chunkS && endS + 10 * RECONNECT_DECAY_S > chunkStartS;
}

function holdFlat(d: Disturbance, mv: Float64Array, startSample: number, rateHz: number): void {
  if (!overlaps(d, startSample / rateHz, mv.length / rateHz)) return;
  for (let i = 0; i < mv.length; i++) {
    const timeS = (startSample + i) / rateHz;
    if (timeS < d.startS) continue;
    if (timeS < d.endS) mv[i] = LEAD_OFF_MV;
    else mv[i]! += RECONNECT_MV * Math.exp((d.endS - timeS) / RECONNECT_DECAY_S);
  }
}
