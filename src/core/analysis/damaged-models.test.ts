/** Every file of the shipped models, damaged in every way: its model is refused, and no other takes its place unasked. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createModels } from './models';

const SHIPPED = join(import.meta.dirname, '../../../resources/models');
const MODELS = ['attention-cnn', 'beat-attention'];
const files = (await readdir(SHIPPED)).filter((name) => MODELS.some((id) => name.startsWith(id)));

const flipped = (bytes: Buffer, share: number): Buffer => {
  const out = Buffer.from(bytes);
  out[Math.floor(share * (out.length - 1))]! ^= 1;
  return out;
};
/** What is put in the place of a file; null takes it away. */
const DAMAGES: Readonly<Record<string, (bytes: Buffer) => Buffer | null>> = {
  'one bit at its start': (bytes) => flipped(bytes, 0),
  'one bit in its middle': (bytes) => flipped(bytes, 0.5),
  'one bit at its end': (bytes) => flipped(bytes, 1),
  'cut in half': (bytes) => bytes.subarray(0, bytes.length >> 1),
  'a byte too long': (bytes) => Buffer.concat([bytes, Buffer.of(1)]),
  empty: () => Buffer.alloc(0),
  'zeros of its length': (bytes) => Buffer.alloc(bytes.length),
  missing: () => null,
};
/** What else can be wrong with a card: what it says. */
const CARD_DAMAGES: Readonly<Record<string, (card: Record<string, unknown>) => unknown>> = {
  'another threshold': (card) => ({
    ...card,
    threshold: { ...(card['threshold'] as object), value: 0.9 },
  }),
  'another id': (card) => ({ ...card, id: 'other' }),
  'another version': (card) => ({ ...card, version: '99.0.0' }),
  'no files': (card) => ({ ...card, files: {} }),
  'a list': (card) => [card],
};

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-damaged-models-'));
  await cp(SHIPPED, dir, { recursive: true });
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
/** The file that the test damaged. */
let touched = '';
afterEach(async () => {
  await rm(join(dir, touched), { recursive: true, force: true });
  await cp(join(SHIPPED, touched), join(dir, touched));
});
afterAll(async () => {
  vi.restoreAllMocks();
  await rm(dir, { recursive: true, force: true });
});

/** @param id the model whose file was damaged */
async function expectRefused(id: string): Promise<void> {
  const models = createModels(dir, () => null);
  const other = MODELS.find((one) => one !== id)!;
  const [damaged, whole, byDefault] = [
    await models.find(id),
    await models.find(other),
    await models.find(null),
  ];
  expect(damaged.ok).toBe(false);
  expect(whole).toMatchObject({ ok: true, value: { card: { id: other } } });
  // The default is analysed with itself or not at all.
  if (id === 'beat-attention') expect(byDefault.ok).toBe(false);
  else expect(byDefault).toMatchObject({ ok: true, value: { card: { id: 'beat-attention' } } });
}

describe.each(files)('%s', (file) => {
  const id = MODELS.find((one) => file.startsWith(one))!;

  it.each(Object.entries(DAMAGES))('%s', async (_what, damage) => {
    touched = file;
    const path = join(dir, file);
    const bytes = damage(await readFile(path));
    await rm(path);
    if (bytes) await writeFile(path, bytes);
    await expectRefused(id);
  });

  it('a folder in its place', async () => {
    touched = file;
    await rm(join(dir, file));
    await mkdir(join(dir, file));
    await expectRefused(id);
  });
});

describe.each(files.filter((name) => name.endsWith('.json')))('%s says', (file) => {
  it.each(Object.entries(CARD_DAMAGES))('%s', async (_what, damage) => {
    touched = file;
    const path = join(dir, file);
    const card = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
    await writeFile(path, JSON.stringify(damage(card)));
    await expectRefused(file.slice(0, -'.json'.length));
  });
});
