import { execFile } from 'node:child_process';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { openRecording } from '../../src/core/formats/list';
import { projectDir } from '../../src/core/processes/entries';
import { writeSyntheticRecord } from '../../src/core/synthesis';

const run = promisify(execFile);

/** What is judged of a segment; equal means the same to a reader. */
export type Verdicts = readonly string[];

/** A state that a record's files may be in, and what a fresh process says of it. */
export interface Variant {
  readonly header: Buffer;
  readonly signal: Buffer;
  readonly verdicts: Verdicts;
  /** First second of the first lead, as recorded. */
  readonly firstSecond: Float32Array;
}

/** A record whose files change between its variants. */
export interface SoakRecord {
  readonly name: string;
  readonly variants: readonly Variant[];
  /** Which variant the files are now. */
  now: number;
  /** Nobody may change the files while somebody compares. */
  busy: Promise<void>;
}

const DURATION_S = 60;
const RATE_HZ = 360;

interface Judged {
  readonly startS: number;
  readonly verdict: string;
  readonly probability: number | null;
}

/** Batches of another size round differently. */
export function verdictsOf(segments: readonly Judged[]): Verdicts {
  return segments.map(
    ({ startS, verdict, probability }) =>
      `${startS} ${verdict} ${probability === null ? '-' : probability.toFixed(3)}`,
  );
}

/** Makes records with two variants of equal length each, judged by the command line in a process of its own. */
export async function makeRecords(
  dir: string,
  count: number,
  env: Readonly<Record<string, string>>,
): Promise<SoakRecord[]> {
  const pathOf = (k: number, v: number): string => join(dir, `soak${k}-${v}`, `soak${k}`);
  for (let k = 0; k < count; k++) {
    for (const v of [0, 1]) {
      const folder = dirname(pathOf(k, v));
      await mkdir(folder, { recursive: true });
      await writeSyntheticRecord(folder, {
        name: `soak${k}`,
        durationS: DURATION_S,
        rateHz: RATE_HZ,
        leads: 2,
        seed: 10 * k + v + 1,
        format: 16,
      });
    }
  }
  const verdicts = await scanned(dir, env);
  const records: SoakRecord[] = [];
  for (let k = 0; k < count; k++) {
    const variants: Variant[] = [];
    for (const v of [0, 1]) {
      const path = pathOf(k, v);
      variants.push({ ...(await read(path)), verdicts: verdicts.get(`${path}.hea`)! });
    }
    records.push({ name: `soak${k}`, variants, now: 0, busy: Promise.resolve() });
  }
  return records;
}

/** What a fresh process says of every recording below a folder, by path. */
async function scanned(
  dir: string,
  env: Readonly<Record<string, string>>,
): Promise<Map<string, Verdicts>> {
  const bin = join(projectDir(), 'bin', 'fiducial.mjs');
  const out = join(dir, 'rows.jsonl');
  await run(process.execPath, [bin, 'scan', dir, '--out', out], {
    env: { ...process.env, ...env },
  });
  const rows = (await readFile(out, 'utf8')).trim().split('\n');
  return new Map(
    rows.map((line) => {
      const { path, segments } = JSON.parse(line) as { path: string; segments: Judged[] };
      return [path, verdictsOf(segments)];
    }),
  );
}

async function read(path: string): Promise<Omit<Variant, 'verdicts'>> {
  const opened = await openRecording(`${path}.hea`);
  if (!opened.ok) throw new Error(opened.error.message);
  const samples = await opened.value.readPhysical(0, 0, RATE_HZ);
  await opened.value.close();
  if (!samples.ok) throw new Error(samples.error.message);
  return {
    header: await readFile(`${path}.hea`),
    signal: await readFile(`${path}.dat`),
    firstSecond: Float32Array.from(samples.value),
  };
}

/** Puts a variant in place of what is there, as a program does that writes beside and renames. */
export async function putVariant(root: string, record: SoakRecord, variant: number): Promise<void> {
  const { header, signal } = record.variants[variant]!;
  for (const [ending, bytes] of [
    ['dat', signal],
    ['hea', header],
  ] as const) {
    const path = join(root, `${record.name}.${ending}`);
    await writeFile(`${path}.new`, bytes);
    await rename(`${path}.new`, path);
  }
  record.now = variant;
}

/** Runs work while nobody else changes or compares a record. */
export async function alone<T>(record: SoakRecord, work: () => Promise<T>): Promise<T> {
  const before = record.busy;
  let done = (): void => undefined;
  record.busy = new Promise((resolve) => (done = resolve));
  await before;
  try {
    return await work();
  } finally {
    done();
  }
}
