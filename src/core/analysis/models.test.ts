import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readdirSync } from 'node:fs';
import { TRAINED_ON_FILE } from '../inference/load-models';
import { modelSha256 } from '../inference/model-hash';
import { writeTestModel } from '../inference/testing/model-fixture';
import { projectDir } from '../processes/entries';
import { createModels } from './models';

const SHIPPED = join(projectDir(), 'resources', 'models');
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-damaged-'));
  for (const file of await readdir(SHIPPED)) await copyFile(join(SHIPPED, file), join(dir, file));
});
afterAll(() => rm(dir, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

type Damage = (path: string, bytes: Buffer) => Promise<void>;

const DAMAGES: Record<string, Damage> = {
  'is missing': (path) => rm(path),
  'is empty': (path) => writeFile(path, ''),
  'ends too early': (path, bytes) => writeFile(path, bytes.subarray(0, bytes.length - 7)),
  'has one byte changed': (path, bytes) => {
    const changed = Buffer.from(bytes);
    changed[bytes.length >> 1]! ^= 1;
    return writeFile(path, changed);
  },
};
const CARD_DAMAGES: Record<string, Damage> = {
  'is not JSON': (path, bytes) => writeFile(path, `${bytes.toString()}}`),
  'is JSON of something else': (path) => writeFile(path, '[1, 2]'),
  'has another threshold': (path, bytes) =>
    writeFile(
      path,
      JSON.stringify({ ...JSON.parse(bytes.toString()), threshold: { value: 0.99, chosen: 'x' } }),
    ),
  'has another id': (path, bytes) =>
    writeFile(path, JSON.stringify({ ...JSON.parse(bytes.toString()), id: 'renamed' })),
  'has another kind': (path, bytes) =>
    writeFile(path, bytes.toString().replace(/"kind": "\w+-/, '"kind": "other-')),
};

const files = readdirSync(SHIPPED).filter((file) => file !== TRAINED_ON_FILE);
const cases = files.flatMap((file) =>
  Object.entries({ ...DAMAGES, ...(file.endsWith('.json') ? CARD_DAMAGES : {}) }).map(
    ([how, damage]) => ({ file, how, damage }),
  ),
);

describe('every file of the shipped models, damaged', () => {
  it.each(cases)('$file $how', async ({ file, damage }) => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const path = join(dir, file);
    const bytes = await readFile(path);
    await damage(path, bytes);
    try {
      const models = createModels(dir, () => null);
      const [hurt, whole] = file.startsWith('beat-attention')
        ? ['beat-attention', 'attention-cnn']
        : ['attention-cnn', 'beat-attention'];
      const named = await models.find(hurt);
      expect(named.ok).toBe(false);
      expect((await models.find(whole)).ok).toBe(true);
      expect((await models.refused()).join(' ')).toContain(file.split('.')[0]);

      const unnamed = await models.find(null);
      if (hurt === 'attention-cnn') {
        expect(unnamed.ok && unnamed.value.card.id).toBe('beat-attention');
      } else {
        expect(unnamed.ok ? unnamed.value.card.id : unnamed.error.message).toMatch(
          /beat-attention.*Nothing is analysed with another model unless you name it \(attention-cnn\)/,
        );
        expect(await models.defaultModelId()).toBeNull();
      }
    } finally {
      await writeFile(path, bytes);
    }
  });
});

it('reads the network that is asked for, and no other before the list is', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const other = join(dir, 'attention-cnn.weights.bin');
  const bytes = await readFile(other);
  await writeFile(other, bytes.subarray(1));
  try {
    const models = createModels(dir, () => null);
    const used = await models.find(null);
    expect(used).toMatchObject({ ok: true, value: { card: { id: 'beat-attention' } } });
    if (!used.ok) return;
    const { card } = used.value;
    expect(await models.that(card.id, modelSha256(used.value))).toEqual(used);
    expect(said).not.toHaveBeenCalled();
    // One object for one network, whichever way it was come by.
    const listed = await models.list();
    expect(listed.ok && listed.value).toHaveLength(1);
    expect(listed.ok && listed.value[0]).toBe(used.value);
    expect(said).toHaveBeenCalledWith(expect.stringContaining('attention-cnn.weights.bin'));
  } finally {
    await writeFile(other, bytes);
  }
});

it('misses the default where every file of it is gone', async () => {
  const own = await mkdtemp(join(tmpdir(), 'fiducial-gone-'));
  try {
    for (const file of await readdir(SHIPPED)) {
      if (!file.startsWith('beat-')) await copyFile(join(SHIPPED, file), join(own, file));
    }
    const found = await createModels(own, () => null).find(null);
    expect(found).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(found.ok ? '' : found.error.message).toContain('There is no model "beat-attention"');
  } finally {
    await rm(own, { recursive: true });
  }
});

describe('models of somebody’s own', () => {
  let own: string;
  beforeAll(async () => {
    own = await mkdtemp(join(tmpdir(), 'fiducial-own-models-'));
    await writeTestModel(own, { id: 'mine' });
  });
  afterAll(() => rm(own, { recursive: true, force: true }));

  it('are used without being named, unless one of them is refused', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await createModels(own, () => null).defaultModelId()).toBe('mine');
    await writeTestModel(own, { id: 'other', card: { windowSamples: 1 } });
    const models = createModels(own, () => null);
    expect(await models.find(null)).toMatchObject({ ok: false, error: { code: 'bad-model' } });
    expect((await models.find('mine')).ok).toBe(true);
  });

  it('are never used in place of the one that the reader chose', async () => {
    expect(await createModels(dir, () => 'mine').find(null)).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    });
    expect(await createModels(dir, () => 'attention-cnn').defaultModelId()).toBe('attention-cnn');
  });
});
