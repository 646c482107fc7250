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
import { qualityFeatures, SECOND_FEATURES } from '../src/core/beats/quality/quality-features';
import { MITDB_PACED } from '../src/core/evaluation/databases';
import { findRecords } from '../src/core/recordings/find-records';
import { seededRandom } from '../src/core/base/seeded-random';
import { addNoise, leadsOf, readNoises, valueOf } from './noise';

const [out, mitdb, svdb, sets] = process.argv.slice(2);
if (!out || !mitdb || !svdb || !sets)
  throw new Error('usage: quality-features.ts OUT MITDB SVDB SETS');
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

const EXCERPT_S = 300;
const uniform = seededRandom(11);
const noises = await readNoises(sets);

for (const database of [mitdb, svdb]) {
  for (const path of valueOf(await findRecords([database])).paths) {
    const { name, rateHz, leads } = await leadsOf(path);
    if (MITDB_PACED.includes(name)) continue;
    for (const [lead, whole] of leads.entries()) {
      for (let variant = 0; variant < 4; variant++) {
        const at = Math.floor(uniform() * Math.max(1, whole.length - EXCERPT_S * rateHz));
        const mv = whole.slice(at, at + EXCERPT_S * rateHz);
        const clean = { kind: 'clean', snr: Array<number>(EXCERPT_S).fill(60) };
        const { kind, snr } =
          variant === 0
            ? clean
            : addNoise(mv, rateHz, noises, { record: name, uniform, lowestDb: -6, highestDb: 24 });
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
