/**
 * Writes the forms of the beats that the networks learned from (`src/core/beats/features/training-forms.ts`):
 *
 *     node scripts/run-ts.mjs scripts/training-forms.ts TENSORS
 *
 * TENSORS is what `npx fiducial prepare MITDB SVDB --model beat-attention --out TENSORS` wrote. A form of ten beats or more
 * joins those that are kept unless one of them is like it by 0.8. The likeness below which a form is unlike all of them
 * leaves 2 % of the beats of these people, tenth by tenth held against the forms of the others.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  COMPARED_SAMPLES,
  FEWEST_KNOWN,
  formDirections,
  likenessTo,
} from '../src/core/beats/features/unlike-training';

const ONE_FORM = 0.8;
const LEFT = 0.02;
const PARTS = 10;
const STEPS = 127;

interface Form {
  /** Of each lead that shows it. */
  readonly directions: readonly Float32Array[];
  readonly beats: number;
}
interface Person {
  readonly name: string;
  readonly beats: number;
  readonly forms: readonly Form[];
}

const folder = process.argv[2];
if (!folder) throw new Error('usage: training-forms.ts TENSORS');
const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as {
  records: { record: string; database: string; leads: number }[];
  window: { samples: number };
  marginSamples: number;
};
const samples = index.window.samples + 2 * index.marginSamples;
const people = index.records
  .filter(({ database }) => database === 'mitdb' || database === 'svdb')
  .map(({ record, leads }) => personOf(record, leads));

const held: { likeness: number; share: number }[] = [];
for (let part = 0; part < PARTS; part++) {
  const others = formsOf(people.filter((_, i) => i % PARTS !== part));
  for (const { beats, forms } of people.filter((_, i) => i % PARTS === part)) {
    for (const form of forms) {
      const likeness = Math.max(...form.directions.map((own) => likenessTo(own, others)));
      held.push({ likeness, share: form.beats / beats });
    }
  }
}
held.sort((a, b) => a.likeness - b.likeness);
const all = held.reduce((sum, { share }) => sum + share, 0);
let below = 0;
const leastLikeness = held.find(({ share }) => (below += share) >= LEFT * all)!.likeness;
const kept = formsOf(people);
const steps = Int8Array.from(kept, (value) => Math.round(value * STEPS));
const text = Buffer.from(steps.buffer).toString('base64');
console.log(`${kept.length / COMPARED_SAMPLES} forms of ${people.length} recordings`);
const lines = text.match(/.{1,92}/g)!.map((line) => `    '${line}'`);
writeFileSync(
  join(import.meta.dirname, '../src/core/beats/features/training-forms.ts'),
  `/**
 * Forms of the beats that the networks learned from: 61 recordings of mitdb (DS1) and svdb. Written by
 * scripts/training-forms.ts.
 */
export const TRAINING_FORMS = {
  /** A form whose likeness to each of them is below this is unlike all. */
  leastLikeness: ${leastLikeness.toFixed(4)},
  /** Signed bytes in base64, [forms, 48]: direction of one lead of a form at 64 Hz from 0.297 s before the R peak. */
  steps: [
${lines.join(',\n')},
  ].join(''),
} as const;
`,
);

function personOf(name: string, leads: number): Person {
  const path = (tensor: string): string => join(folder!, name, `${tensor}.npy`);
  const means = Float32Array.from(readInt16(path('form-means')));
  const forms = readInt16(path('forms'));
  const beats = new Uint32Array(means.length / (leads * samples));
  for (const form of forms) if (form >= 0) beats[form]!++;
  return {
    name,
    beats: forms.length,
    forms: [...beats.keys()]
      .sort((a, b) => beats[b]! - beats[a]!)
      .filter((form) => beats[form]! >= FEWEST_KNOWN)
      .map((form) => ({
        directions: formDirections(means, form, leads, samples),
        beats: beats[form]!,
      })),
  };
}

function formsOf(of: readonly Person[]): number[] {
  const directions: number[] = [];
  for (const { directions: own } of of.flatMap(({ forms }) => forms)) {
    for (const direction of own)
      if (likenessTo(direction, directions) < ONE_FORM) directions.push(...direction);
  }
  return directions;
}

/** A file of `writeNpy` of 16-bit integers. */
function readInt16(file: string): Int16Array {
  const bytes = readFileSync(file);
  const from = 10 + bytes.readUInt16LE(8);
  return new Int16Array(Uint8Array.from(bytes.subarray(from)).buffer);
}
