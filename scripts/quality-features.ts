/**
 * Writes the measures of signal quality (`src/core/beats/quality`) of recordings with known noise:
 *
 *     node scripts/run-ts.mjs scripts/quality-features.ts OUT MITDB SVDB SETS
 *
 * SETS is the folder that the training sets were unpacked into.
 * OUT.f32 is row-major float32: item, second, truth (0 good, 1 noise, -1 unknown), SNR in dB, off, SECOND_FEATURES;
 * OUT.json names the items. Clean Holter leads get real noise of nstdb added in random stretches before measuring;
 * there the truth is the ratio of the QRS complexes' power to that of the noise, 0.5 to 40 Hz, second by second.
 */
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createBandpass } from '../src/core/dsp';
import { qualityFeatures, SECOND_FEATURES } from '../src/core/beats/quality/quality-features';
import { MITDB_PACED } from '../src/core/evaluation/databases';
import { findRecords } from '../src/core/recordings/find-records';
import { DISPLAY_BANDS, millivoltsPerUnit } from '../src/shared/domain';
import { openRecording } from '../src/core/formats/list';
import type { Result } from '../src/shared/domain';

const [out, mitdb, svdb, sets] = process.argv.slice(2);
if (!out || !mitdb || !svdb || !sets)
  throw new Error('usage: quality-features.ts OUT MITDB SVDB SETS');
const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};
let seed = 11;
const uniform = (): number => (seed = (seed * 1664525 + 1013904223) >>> 0) / 2 ** 32;

interface Item {
  readonly set: string;
  readonly record: string;
  readonly lead: number;
  readonly kind: string;
  readonly seconds: number;
}
const items: Item[] = [];
const file = openSync(`${out}.f32`, 'w');
const width = 5 + SECOND_FEATURES.length;

function put(
  item: Omit<Item, 'seconds'>,
  mv: Float64Array,
  rateHz: number,
  truth?: (s: number) => [number, number],
): void {
  const { seconds, rows, off } = qualityFeatures(mv, rateHz);
  const table = new Float32Array(seconds * width);
  for (let s = 0; s < seconds; s++) {
    const [label, snr] = truth?.(s) ?? [-1, NaN];
    table.set([items.length, s, label, snr, off[s]!], s * width);
    table.set(
      rows.subarray(s * SECOND_FEATURES.length, (s + 1) * SECOND_FEATURES.length),
      s * width + 5,
    );
  }
  writeSync(file, Buffer.from(table.buffer));
  items.push({ ...item, seconds });
}

async function leadsOf(
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

/** Linear interpolation is enough for noise. */
function resampled(x: Float64Array, fromHz: number, toHz: number): Float64Array {
  return Float64Array.from({ length: Math.floor((x.length * toHz) / fromHz) - 1 }, (_, i) => {
    const at = (i * fromHz) / toHz;
    const low = Math.floor(at);
    return x[low]! + (at - low) * ((x[low + 1] ?? x[low]!) - x[low]!);
  });
}

const noises: { kind: string; x: Float64Array }[] = [];
for (const kind of ['bw', 'em', 'ma']) {
  for (const [i, x] of (await leadsOf(join(sets, 'nstdb', `${kind}_give.hea`))).leads.entries())
    noises.push({ kind: `${kind}${i}`, x });
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
  return ranges.sort((a, b) => a - b)[ranges.length >> 1]!;
}

const EXCERPT_S = 300;
/** Parts of the noise that records held out, and the others, get: see training/quality/fit.py. */
const HELD_NOISE = [0.72, 0.74] as const;
const OTHER_NOISE = [0.02, 0.44] as const;
const isHeldOut = (record: string): boolean =>
  [...record].reduce((sum, c) => sum + c.charCodeAt(0), 0) % 10 < 3;

/** Adds a part of some noise to a lead in random stretches; returns the SNR of each second in dB, 60 without noise. */
function addNoise(
  mv: Float64Array,
  rateHz: number,
  record: string,
): { kind: string; snr: number[] } {
  const height = qrsHeight(createBandpass(rateHz, DISPLAY_BANDS.model.band).apply(mv), rateHz);
  const { kind, x } = noises[Math.floor(uniform() * noises.length)]!;
  const noise = resampled(x, 360, rateHz);
  const [low, high] = isHeldOut(record) ? HELD_NOISE : OTHER_NOISE;
  const from = Math.floor((low + uniform() * (high - low)) * noise.length);
  const raw = noise.slice(from, from + mv.length);
  const inBand = createBandpass(rateHz, DISPLAY_BANDS.model.band).apply(raw);
  // Signal power is that of a sine as high as the QRS complex (Moody, Muldrow & Mark 1984, `nst`).
  const signal = height / 2 / Math.SQRT2;
  const gain = signal / 10 ** ((-6 + 30 * uniform()) / 20) / rms(inBand);
  const snr: number[] = [];
  for (let s = 0, end = 0, on = false; s < EXCERPT_S; s++) {
    if (s >= end) {
      on = !on;
      end = s + 4 + uniform() * 40;
    }
    for (let i = s * rateHz; on && i < (s + 1) * rateHz; i++) mv[i]! += gain * (raw[i] ?? 0);
    const power = on ? gain * rms(inBand.subarray(s * rateHz, (s + 1) * rateHz)) : 0;
    snr.push(power > 0 ? 20 * Math.log10(signal / power) : 60);
  }
  return { kind, snr };
}

for (const database of [mitdb, svdb]) {
  for (const path of valueOf(await findRecords([database])).paths) {
    const { name, rateHz, leads } = await leadsOf(path);
    if (MITDB_PACED.includes(name)) continue;
    for (const [lead, whole] of leads.entries()) {
      for (let variant = 0; variant < 4; variant++) {
        const at = Math.floor(uniform() * Math.max(1, whole.length - EXCERPT_S * rateHz));
        const mv = whole.slice(at, at + EXCERPT_S * rateHz);
        const clean = { kind: 'clean', snr: Array<number>(EXCERPT_S).fill(60) };
        const { kind, snr } = variant === 0 ? clean : addNoise(mv, rateHz, name);
        put({ set: basename(database), record: name, lead, kind }, mv, rateHz, (s) => {
          const own = snr[s] ?? 60;
          return [own < 3 ? 1 : own > 9 ? 0 : -1, own];
        });
      }
    }
  }
}
console.log('holter', items.length);

const reference = new Map(
  readFileSync(join(sets, 'cinc2017', 'REFERENCE-v3.csv'), 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(',') as [string, string]),
);
for (const path of valueOf(await findRecords([join(sets, 'cinc2017')])).paths) {
  const { name, rateHz, leads } = await leadsOf(path);
  put(
    { set: 'cinc2017', record: name, lead: 0, kind: reference.get(name) ?? '?' },
    leads[0]!,
    rateHz,
  );
}
console.log('cinc2017', items.length);
for (const set of [
  'cinc2011',
  'vfdb',
  'cudb',
  'ptbxl',
  'mimic-perform-af',
  'cpsc2021',
  'cinc2021',
]) {
  for (const path of valueOf(await findRecords([join(sets, set)])).paths) {
    const { name, rateHz, leads } = await leadsOf(path);
    for (const [l, mv] of leads.entries()) {
      if (set === 'ptbxl' && l % 3) continue;
      put({ set, record: name, lead: l, kind: '' }, mv, rateHz);
    }
  }
  console.log(set, items.length);
}
closeSync(file);
writeFileSync(`${out}.json`, JSON.stringify({ features: SECOND_FEATURES, items }));
