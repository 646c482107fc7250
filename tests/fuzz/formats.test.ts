/**
 * Damaged files of every format: whatever the bytes, opening and reading ends within 2 s of a processor and 512 MB with values or a
 * failure in words, never throws, and leaves nothing behind. 500 seeded cases in an ordinary run; FIDUCIAL_FUZZ_CASES
 * asks for more, and FIDUCIAL_FUZZ_FIRST starts at one case to repeat it.
 */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FORMATS, openRecording } from '../../src/core/formats/list';
import { MISSING_ADU, type OpenRecording } from '../../src/core/formats/open-recording';
import { integer, seededRandom } from '../../src/core/formats/wfdb/testing/random';
import { ERROR_CODES, type Result, type Warning } from '../../src/shared/domain';
import { inWords } from '../../src/shared/domain/said';
import { wordsIn } from '../../src/shared/words';
import { formatCorpus } from './format-corpus';
import { expectSpanish } from './expect-spanish';
import { BYTE_MUTATORS, mutate, TEXT_MUTATORS } from './mutate';
import { LIMIT_MS, timedCase } from './timed-case';
import { startWatchdog, type Watchdog } from './watchdog';

const spanish = wordsIn('es');
const CASES = Number(process.env['FIDUCIAL_FUZZ_CASES'] ?? 500);
const FIRST = Number(process.env['FIDUCIAL_FUZZ_FIRST'] ?? 0);
const LIMIT_BYTES = 512 * 2 ** 20;
const WINDOW = 3000;
/** What a person states where a file leaves it out, so that damage to such files is read as well. */
const STATED = { samplingRateHz: 250, gainAduPerMv: 200 };

const seeds = formatCorpus();
const extracted = async () =>
  (await readdir(os.tmpdir())).filter((name) => name.startsWith(`fiducial-zip-${process.pid}-`));
let folder: string;
let watchdog: Watchdog;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'fiducial-fuzz-'));
  watchdog = startWatchdog(10 * LIMIT_MS);
});
afterAll(async () => {
  await watchdog.close();
  await rm(folder, { recursive: true, force: true });
});

it(
  `reads ${CASES} damaged files of ${new Set(seeds.map(({ format }) => format)).size} formats`,
  async () => {
    const outcomes = new Map<string, number>();
    let slowest = { number: -1, ms: 0 };
    for (let number = FIRST; number < FIRST + CASES; number++) {
      watchdog.start(number);
      const { format, file } = await writeCase(number);
      let elapsed: number;
      try {
        const { answer, ms } = await timedCase(() => openCase(file));
        outcomes.set(answer, (outcomes.get(answer) ?? 0) + 1);
        elapsed = ms;
      } catch (error) {
        throw new Error(`case ${number} (${format}, ${path.basename(file)}) threw`, {
          cause: error,
        });
      }
      if (elapsed > slowest.ms) slowest = { number, ms: elapsed };
      if (elapsed > LIMIT_MS) throw new Error(`case ${number} took ${Math.round(elapsed)} ms`);
      const { rss } = process.memoryUsage();
      if (rss > LIMIT_BYTES) {
        throw new Error(`case ${number}: ${Math.round(rss / 2 ** 20)} MB in memory`);
      }
    }
    expect(await extracted()).toEqual([]);
    // A fuzz that only ever fails, or never does, tests nothing.
    expect(outcomes.get('read') ?? 0).toBeGreaterThan(CASES / 20);
    expect(outcomes.size).toBeGreaterThan(4);
    const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
    console.info(
      `slowest case ${slowest.number}: ${Math.round(slowest.ms)} ms, peak memory ${peakMb} MB`,
      Object.fromEntries(outcomes),
    );
  },
  120_000 + CASES * 100,
);

/** Writes a recording with one of its files damaged, as bytes or as text. */
async function writeCase(number: number): Promise<{ format: string; file: string }> {
  const random = seededRandom(number);
  const { format, files } = seeds[number % seeds.length]!;
  const names = Object.keys(files);
  const damaged = names[integer(random, 0, names.length - 1)]!;
  const mutators = random() < 0.5 ? TEXT_MUTATORS : BYTE_MUTATORS;
  for (const name of await readdir(folder)) await rm(path.join(folder, name));
  for (const name of names) {
    const bytes = name === damaged ? mutate(files[name]!, random, mutators) : files[name]!;
    await writeFile(path.join(folder, name), bytes);
  }
  return { format, file: path.join(folder, names[0]!) };
}

/** Opens what a file holds, and says how it went. */
async function openCase(file: string): Promise<string> {
  const opened = await openRecording(file, STATED);
  if (opened.ok) return readCase(opened.value, file);
  expectWords(opened, file);
  const inside = opened.error.details?.['recordings'];
  if (!Array.isArray(inside)) return opened.error.code;
  for (const entry of inside.slice(0, 3)) {
    const zip = FORMATS.find(({ id }) => id === 'zip')!;
    const recording = await zip.open(String(entry));
    if (recording.ok) await readCase(recording.value, file);
    else expectWords(recording, file);
  }
  return 'several';
}

async function readCase(recording: OpenRecording, file: string): Promise<string> {
  try {
    expect(recording.path.startsWith(path.dirname(file))).toBe(true);
    expect(recording.durationS).toBeGreaterThanOrEqual(0);
    expect(recording.durationS).toBeLessThan(1e9);
    expectWarnings(recording.warnings);
    for (const annotator of await recording.annotators()) {
      const rows = await recording.annotations(annotator);
      expectWords(rows, file);
      if (!rows.ok) continue;
      expect(rows.value.timeS.length).toBe(rows.value.symbol.length);
      expectWarnings(rows.value.warnings);
    }
    const read = await readWindows(recording, file);
    const verified = await recording.verify();
    expectWords(verified, file);
    if (verified.ok) expectWarnings(verified.value);
    return read;
  } finally {
    await recording.close();
  }
}

async function readWindows(recording: OpenRecording, file: string): Promise<string> {
  let outcome = recording.leads.length > 0 ? 'read' : 'no leads';
  for (const { index, samples, samplingRateHz, gainAduPerUnit } of recording.leads.slice(0, 4)) {
    expect(samplingRateHz).toBeGreaterThan(0);
    expect(Number.isFinite(gainAduPerUnit) && gainAduPerUnit !== 0).toBe(true);
    for (const start of [0, Math.floor(samples / 2), Math.max(0, samples - 10)]) {
      const end = Math.min(samples, start + WINDOW);
      const physical = await recording.readPhysical(index, start, end);
      const digital = await recording.readDigital(index, start, end);
      expectWords(physical, file);
      expectWords(digital, file);
      if (physical.ok && digital.ok) {
        expect(physical.value.length).toBe(end - start);
        expect(digital.value.length).toBe(end - start);
        const missing = digital.value.indexOf(MISSING_ADU);
        if (missing >= 0) expect(physical.value[missing]).toBeNaN();
      } else outcome = 'failed reads';
    }
  }
  return outcome;
}

/** A failure has a known code and a sentence. */
function expectWords(result: Result<unknown>, file: string): void {
  if (result.ok) return;
  expect(ERROR_CODES).toContain(result.error.code);
  expect(result.error.message, path.basename(file)).toMatch(/^\S.*\.$/s);
  expectSpanish(inWords(result.error, spanish));
}

function expectWarnings(warnings: readonly Warning[]): void {
  for (const warning of warnings) {
    expect(warning.message).toMatch(/\.$/);
    expectSpanish(inWords(warning, spanish));
  }
}
