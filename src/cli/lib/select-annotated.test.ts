import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { writeAnnotations } from '../../core/formats/wfdb';
import { pulses, writeRecord } from '../../core/recordings/testing/write-record';
import { evaluateCommand } from '../commands/evaluate';
import { prepareCommand } from '../commands/prepare';

/** Two beats, a rhythm with its text, two beats; the end mark is the last word. */
const WHOLE = writeAnnotations(
  [1, 2, 3, 4, 5].map((second) => ({
    ...{ sample: 250 * second, symbol: second === 3 ? '+' : 'N', subtype: 0, chan: 0, num: 0 },
    aux: second === 3 ? '(AFIB' : '',
  })),
);
/** The text begins after two beats, the rhythm and the word that says how long it is. */
const IN_TEXT = 2 + 2 + 2 + 2 + 3;
const CUTS: Readonly<Record<string, Uint8Array>> = {
  whole: WHOLE,
  markless: WHOLE.subarray(0, WHOLE.length - 2),
  odd: WHOLE.subarray(0, WHOLE.length - 3),
  'in-text': WHOLE.subarray(0, IN_TEXT),
};

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-select-annotated-'));
  for (const [name, annotations] of Object.entries(CUTS)) {
    await writeRecord(dir, { name, rateHz: 250, seconds: 20, leads: { II: pulses, V5: pulses } });
    for (const annotator of ['atr', 'test', 'q1c'])
      await writeFile(join(dir, `${name}.${annotator}`), annotations);
  }
});
afterAll(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = 0;
});

/** Runs a command in this process. @returns what it printed, and the lines on stderr about annotations */
async function run(command: ReturnType<typeof evaluateCommand>, ...args: string[]) {
  const out = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  await command.parseAsync(args, { from: 'user' });
  const said = errors.mock.calls.flat().map(String);
  return { out: out.mock.calls.flat().join('\n'), said: said.filter((line) => /: it/.test(line)) };
}

const saidOf = (annotator: string): string[] => [
  `fiducial: in-text.${annotator}: it ends within the text of an annotation.`,
  `fiducial: markless.${annotator}: its end mark is missing.`,
  `fiducial: odd.${annotator}: its end mark is missing.`,
];

it.each([
  ['evaluate --beats', evaluateCommand, ['--beats', 'detector'], ['atr']],
  ['evaluate --beats with beats of a file', evaluateCommand, ['--beats', 'test'], ['atr', 'test']],
  ['evaluate --delineation', evaluateCommand, ['--delineation'], ['q1c']],
  ['prepare', prepareCommand, [], ['atr']],
  ['prepare of beats', prepareCommand, ['--model', 'beat-attention'], ['atr']],
] as const)(
  '%s names every annotation file that ends too early',
  async (_, command, args, from) => {
    const out = command === prepareCommand ? ['--out', await mkdtemp(join(dir, 'out-'))] : [];
    const { said } = await run(command(), dir, ...args, ...out);
    expect(said.sort()).toEqual(from.flatMap(saidOf).sort());
  },
);

it('says it in the JSON too', async () => {
  const { out } = await run(evaluateCommand(), dir, '--beats', 'detector', '--json');
  const { warnings } = JSON.parse(out) as { warnings: { message: string }[] };
  expect(warnings.map(({ message }) => `fiducial: ${message}`).sort()).toEqual(saidOf('atr'));
});
