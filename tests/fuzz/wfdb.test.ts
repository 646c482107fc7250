/**
 * Damaged records and annotation files: whatever the bytes, reading ends within 2 s and 512 MB with a value or a
 * failure in words, and never throws. 500 seeded cases in an ordinary run; FIDUCIAL_FUZZ_CASES asks for more, and
 * FIDUCIAL_FUZZ_FIRST starts at one case to repeat it.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ERROR_CODES, type Result } from '../../src/shared/domain';
import { inWords } from '../../src/shared/domain/said';
import { wordsIn } from '../../src/shared/words';
import {
  openRecord,
  parseAnnotations,
  readAnnotations,
  writeAnnotations,
  type RecordReader,
} from '../../src/core/formats/wfdb';
import { asRecording } from '../../src/core/formats/wfdb/as-recording';
import { contentHash } from '../../src/core/recordings/content-hash';
import { recordingInfo } from '../../src/core/recordings/recording-info';
import { integer, seededRandom } from '../../src/core/formats/wfdb/testing/random';
import { corpus } from './corpus';
import { expectSpanish } from './expect-spanish';
import { BYTE_MUTATORS, mutate, TEXT_MUTATORS } from './mutate';
import { LIMIT_MS, timedCase } from './timed-case';
import { startWatchdog, type Watchdog } from './watchdog';

const spanish = wordsIn('es');
const CASES = Number(process.env['FIDUCIAL_FUZZ_CASES'] ?? 500);
const FIRST = Number(process.env['FIDUCIAL_FUZZ_FIRST'] ?? 0);
const LIMIT_BYTES = 512 * 2 ** 20;
const WINDOW = 3000;

const seeds = corpus();
let folder: string;
let watchdog: Watchdog;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'fiducial-fuzz-'));
  // Well over the limit: a case that takes longer than the limit but ends is reported by the test itself.
  watchdog = startWatchdog(10 * LIMIT_MS);
  // The FLAC decoder reports damage on the console as well.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterAll(async () => {
  vi.restoreAllMocks();
  await watchdog.close();
  await rm(folder, { recursive: true, force: true });
});

it(
  `reads ${CASES} damaged records without a throw, a hang or a flood of memory`,
  async () => {
    const outcomes = new Map<string, number>();
    const count = (outcome: string) => outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    let slowest = { number: -1, ms: 0 };
    for (let number = FIRST; number < FIRST + CASES; number++) {
      watchdog.start(number);
      await writeCase(number);
      let elapsed: number;
      try {
        const { answer, ms } = await timedCase(readCase);
        count(answer);
        elapsed = ms;
      } catch (error) {
        throw new Error(`case ${number} threw`, { cause: error });
      }
      if (elapsed > slowest.ms) slowest = { number, ms: elapsed };
      if (elapsed > LIMIT_MS) throw new Error(`case ${number} took ${Math.round(elapsed)} ms`);
      if (process.memoryUsage.rss() > LIMIT_BYTES) {
        throw new Error(
          `case ${number}: ${Math.round(process.memoryUsage.rss() / 2 ** 20)} MB in memory`,
        );
      }
    }
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

/** Writes an intact record and damages one of its files, or several. */
async function writeCase(number: number): Promise<void> {
  const random = seededRandom(number);
  const seed = seeds[number % seeds.length]!;
  const names = Object.keys(seed);
  const damaged = new Set([names[integer(random, 0, names.length - 1)]!]);
  if (random() < 0.2) damaged.add(names[integer(random, 0, names.length - 1)]!);
  for (const name of names) {
    const mutators = name.endsWith('.hea') ? TEXT_MUTATORS : BYTE_MUTATORS;
    const bytes = damaged.has(name) ? mutate(seed[name]!, random, mutators) : seed[name]!;
    await writeFile(path.join(folder, name), bytes);
  }
}

/** Does with the record what the application would do, and says how it went. */
async function readCase(): Promise<string> {
  const annotations = await readAnnotations(path.join(folder, 'r.atr'));
  expectWords(annotations, /r\.atr/);
  if (annotations.ok) {
    const { annotations: rows, warnings } = annotations.value;
    expect(rows.every((row) => Number.isSafeInteger(row.sample))).toBe(true);
    const again = parseAnnotations(writeAnnotations(rows, annotations.value), 'again');
    expect(again.ok && again.value.annotations).toEqual(rows);
    for (const warning of warnings) {
      expect(warning.message).toContain('r.atr');
      expectSpanish(inWords(warning, spanish));
    }
  }

  const opened = await openRecord(path.join(folder, 'r'));
  expectWords(opened, /\.hea|\.dat/);
  if (!opened.ok) return opened.error.code;
  const reader = opened.value;
  try {
    const recording = asRecording(reader);
    const info = await recordingInfo(recording);
    expect(info.durationS).toBeGreaterThan(0);
    for (const warning of info.warnings) expectSpanish(inWords(warning, spanish));
    expect(reader.files.every((file) => path.dirname(file) === folder)).toBe(true);
    expectWords(await contentHash(recording), /./);
    return await readWindows(reader);
  } finally {
    await reader.close();
  }
}

async function readWindows(reader: RecordReader): Promise<string> {
  let failed: string | null = null;
  for (const { index, samplesPerFrame } of reader.signals.slice(0, 4)) {
    for (const start of [0, Math.floor(reader.frames / 2), Math.max(0, reader.frames - 10)]) {
      const end = Math.min(reader.frames, start + Math.ceil(WINDOW / samplesPerFrame));
      const physical = await reader.readPhysical(index, start, end);
      const digital = await reader.readDigital(index, start, end);
      expectWords(physical, /./);
      expectWords(digital, /./);
      if (physical.ok && digital.ok) {
        expect(physical.value.length).toBe((end - start) * samplesPerFrame);
        expect(digital.value.length).toBe(physical.value.length);
      } else failed = 'failed reads';
    }
  }
  if (reader.frames < 1_000_000) expectWords(await reader.verify(), /./);
  return failed ?? 'read';
}

/** A failure has a known code and a sentence that names what it is about. */
function expectWords(result: Result<unknown>, names: RegExp): void {
  if (result.ok) return;
  expect(ERROR_CODES).toContain(result.error.code);
  expect(result.error.message).toMatch(names);
  expect(result.error.message).toMatch(/\.$/);
  expectSpanish(inWords(result.error, spanish));
}
