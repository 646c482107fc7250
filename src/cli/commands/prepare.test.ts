import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { writeSyntheticRecord } from '../../core/synthesis';
import { prepareCommand } from './prepare';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-prepare-'));
  for (const [i, name] of ['one', 'two'].entries()) {
    const options = { durationS: 30, rateHz: 250, leads: 2, format: 212 } as const;
    await writeSyntheticRecord(dir, { name, seed: 30 + i, ...options });
  }
});
afterAll(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = 0;
});

/** Runs the command in this process. */
async function prepare(...args: string[]): Promise<{ out: string; errors: string; code: unknown }> {
  const out = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  process.exitCode = 0;
  await prepareCommand().parseAsync(args, { from: 'user' });
  const text = (spy: typeof out): string => spy.mock.calls.flat().join('\n');
  return { out: text(out), errors: text(errors), code: process.exitCode };
}

it('writes the tensors of the default model and says what they hold', async () => {
  const to = join(dir, 'beats');
  const { out, code } = await prepare(dir, '--out', to, '--model', 'beat-attention', '--json');
  expect(code).toBe(0);
  expect((await readdir(to)).sort()).toEqual(['index.json', 'one', 'two']);
  const written = JSON.parse(out) as { model: string; records: { record: string }[] };
  expect(written.model).toBe('beat-attention');
  expect(written.records.map(({ record }) => record)).toEqual(['one', 'two']);
});

it('prints a line per record and the sum, and goes on past a record that is missing', async () => {
  const to = join(dir, 'some');
  const options = ['--out', to, '--model', 'beat-attention', '--records', 'one,gone'];
  const { out, errors, code } = await prepare(dir, ...options);
  expect(errors).toContain('holds no record gone');
  expect(code).toBe(1);
  const [head, one, all] = out.split('\n').map((line) => line.split(/ {2,}/));
  expect(head!.slice(0, 4)).toEqual(['record', 'beats', 'N', 'S']);
  expect(one![0]).toBe('one');
  expect(all!.slice(1)).toEqual(one!.slice(1));
});

it('still writes windows for the reference network when no model is named', async () => {
  const to = join(dir, 'segments');
  expect((await prepare(dir, '--out', to)).out).toContain('Abnormal (majority)');
  expect((await readdir(to)).sort()).toEqual(['index.json', 'other-leads.f32', 'segments.f32']);
});

it('refuses what it does not understand', async () => {
  const to = join(dir, 'none');
  const wrong = async (...args: string[]) => prepare(dir, '--out', to, ...args);
  expect(await wrong('--model', 'other')).toMatchObject({ code: 2 });
  expect(await wrong('--scheme', 'other')).toMatchObject({ code: 2 });
  const both = await wrong('--model', 'beat-attention', '--scheme', 'majority');
  expect(both.code).toBe(2);
  expect(both.errors).toContain('--scheme is for attention-cnn');
});
