import type { Random } from './random';

/** Respiration (HF) and Mayer waves (LF): centres and width of the two peaks, McSharry et al. 2003, Table II. */
const LOW_HZ = 0.1;
const HIGH_HZ = 0.25;
const PEAK_WIDTH_HZ = 0.01;
const LF_HF_RATIO = 0.5;
const LINES_PER_PEAK = 7;

/** Deviation of the RR interval from its mean at a time, unit standard deviation. */
export type RrVariation = (timeS: number) => number;

/**
 * RR variability with the power spectrum of equation (4) of McSharry et al. 2003: two Gaussian peaks with random
 * phases. The paper inverts a sampled spectrum; here it is a sum of a few lines per peak, so that a day needs no
 * more memory than a minute.
 */
export function createRrVariation(random: Random): RrVariation {
  const lines: { omega: number; amplitude: number; phase: number }[] = [];
  for (const [centreHz, power] of [
    [LOW_HZ, LF_HF_RATIO / (1 + LF_HF_RATIO)],
    [HIGH_HZ, 1 / (1 + LF_HF_RATIO)],
  ] as const) {
    const weights: number[] = [];
    const frequencies: number[] = [];
    for (let i = 0; i < LINES_PER_PEAK; i++) {
      const offset = -2 + (4 * (i + random.uniform())) / LINES_PER_PEAK;
      frequencies.push(centreHz + offset * PEAK_WIDTH_HZ);
      weights.push(Math.exp(-0.5 * offset * offset));
    }
    const total = weights.reduce((sum, w) => sum + w, 0);
    frequencies.forEach((hz, i) => {
      lines.push({
        omega: 2 * Math.PI * hz,
        amplitude: Math.sqrt((2 * power * weights[i]!) / total),
        phase: random.between(0, 2 * Math.PI),
      });
    });
  }
  return (timeS) =>
    lines.reduce(
      (sum, { omega, amplitude, phase }) => sum + amplitude * Math.cos(omega * timeS + phase),
      0,
    );
}
