/** Real noise (nstdb) added to recordings before anything is detected in them, for quality and for training. */
import { join } from 'node:path';
import { createBandpass } from '../src/core/dsp';
import { openRecording } from '../src/core/formats/list';
import { DISPLAY_BANDS, millivoltsPerUnit, type Result } from '../src/shared/domain';
import { upperMedian } from '../src/shared/domain/order-statistics';

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** All leads of a record that are voltages, in mV. */
export async function leadsOf(
  path: string,
): Promise<{ name: string; rateHz: number; leads: Float64Array[] }> {
  const recording = valueOf(await openRecording(path));
  const leads: Float64Array[] = [];
  for (const { index, units, samples } of recording.leads) {
    const scale = millivoltsPerUnit(units);
    if (scale === null) continue;
    leads.push(valueOf(await recording.readPhysical(index, 0, samples)).map((v) => v * scale));
  }
  await recording.close();
  return { name: recording.name, rateHz: recording.leads[0]!.samplingRateHz, leads };
}

export interface Noise {
  readonly kind: string;
  /** At 360 Hz, about 20 minutes. */
  readonly x: Float64Array;
}

/** Both channels of baseline wander, electrode motion and muscle noise. */
export async function readNoises(sets: string): Promise<Noise[]> {
  const noises: Noise[] = [];
  for (const kind of ['bw', 'em', 'ma']) {
    const { leads } = await leadsOf(join(sets, 'nstdb', `${kind}_give.hea`));
    for (const [i, x] of leads.entries()) noises.push({ kind: `${kind}${i}`, x });
  }
  return noises;
}

/** Linear interpolation is enough for noise. */
function resampled(x: Float64Array, fromHz: number, toHz: number): Float64Array {
  return Float64Array.from({ length: Math.floor((x.length * toHz) / fromHz) - 1 }, (_, i) => {
    const at = (i * fromHz) / toHz;
    const low = Math.floor(at);
    return x[low]! + (at - low) * ((x[low + 1] ?? x[low]!) - x[low]!);
  });
}

const rms = (x: Float64Array): number =>
  Math.sqrt(x.reduce((sum, v) => sum + v * v, 0) / Math.max(1, x.length));
/** Median range of a second: about the height of a QRS complex. */
function qrsHeight(x: Float64Array, rateHz: number): number {
  const ranges: number[] = [];
  for (let i = 0; i + 1.2 * rateHz < x.length; i += rateHz * 3) {
    const part = x.subarray(i, i + 1.2 * rateHz).filter(Number.isFinite);
    if (part.length) ranges.push(Math.max(...part) - Math.min(...part));
  }
  return upperMedian(ranges);
}

/** Parts of the noise that records held out, and the others, get: see training/quality/fit.py. */
const HELD_NOISE = [0.72, 0.74] as const;
const OTHER_NOISE = [0.02, 0.44] as const;
/** Where five minutes for noise in every second begin; most of them may have been drawn from OTHER_NOISE too. */
const THROUGHOUT_NOISE = 0.46;
const isHeldOut = (record: string): boolean =>
  [...record].reduce((sum, c) => sum + c.charCodeAt(0), 0) % 10 < 3;

export interface NoiseOptions {
  readonly record: string;
  readonly uniform: () => number;
  /** Range of the signal-to-noise ratio that is drawn from. */
  readonly lowestDb: number;
  readonly highestDb: number;
  /** `bw`, `em` or `ma` (nstdb), in every second; a kind is drawn, and stretches without any, where left out. */
  readonly throughout?: string;
}

/** Adds a part of some noise to a lead in random stretches; returns the SNR of each second in dB, 60 without noise. */
export function addNoise(
  mv: Float64Array,
  rateHz: number,
  noises: readonly Noise[],
  { record, uniform, lowestDb, highestDb, throughout }: NoiseOptions,
): { kind: string; snr: number[] } {
  const height = qrsHeight(createBandpass(rateHz, DISPLAY_BANDS.model.band).apply(mv), rateHz);
  const offered = noises.filter((one) => !throughout || one.kind.startsWith(throughout));
  const { kind, x } = offered[Math.floor(uniform() * offered.length)]!;
  const noise = resampled(x, 360, rateHz);
  const [low, high] = isHeldOut(record) ? HELD_NOISE : OTHER_NOISE;
  const start = throughout ? THROUGHOUT_NOISE : low + uniform() * (high - low);
  const from = Math.floor(start * noise.length);
  const raw = noise.slice(from, from + mv.length);
  const inBand = createBandpass(rateHz, DISPLAY_BANDS.model.band).apply(raw);
  // Signal power is that of a sine as high as the QRS complex (Moody, Muldrow & Mark 1984, `nst`).
  const signal = height / 2 / Math.SQRT2;
  const gain = signal / 10 ** ((lowestDb + (highestDb - lowestDb) * uniform()) / 20) / rms(inBand);
  const snr: number[] = [];
  for (let s = 0, end = 0, on = Boolean(throughout); s * rateHz < mv.length; s++) {
    if (!throughout && s >= end) {
      on = !on;
      end = s + 4 + uniform() * 40;
    }
    for (let i = s * rateHz; on && i < (s + 1) * rateHz; i++) mv[i]! += gain * (raw[i] ?? 0);
    const power = on ? gain * rms(inBand.subarray(s * rateHz, (s + 1) * rateHz)) : 0;
    snr.push(power > 0 ? 20 * Math.log10(signal / power) : 60);
  }
  return { kind, snr };
}
