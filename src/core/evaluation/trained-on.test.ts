import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ModelCard } from '../../shared/domain';
import { valueOf } from '../../shared/domain/testing/value-of';
import { openRecording } from '../formats/list';
import { TRAINED_ON_FILE } from '../inference/load-models';
import type { ModelFiles } from '../inference/types';
import { pulses, writeRecord } from '../recordings/testing/write-record';
import { fingerprintsOf, wasTrainedOn } from './trained-on';

let dir: string;
const noise = (seed: number) => (timeS: number) => pulses(timeS + seed) * Math.sin(timeS * seed);
const II = noise(1.1);
const V5 = noise(2.3);
const still = (): number => 0.25;

const modelOf = (records: readonly string[]): ModelFiles => ({
  card: { training: { records } } as unknown as ModelCard,
  paths: { scan: join(dir, 'model.onnx') },
});
async function tell(name: string, of: Parameters<typeof writeRecord>[1]['leads'], seconds = 70) {
  const path = await writeRecord(dir, { name, rateHz: 100, seconds, leads: of });
  const recording = valueOf(await openRecording(path));
  const told = await wasTrainedOn(modelOf(['100', '200', 'still']), recording);
  await recording.close();
  return told;
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-trained-on-'));
  const known: Record<string, string> = {};
  for (const [name, leads] of [
    ['100', { II, V5 }],
    ['still', { II: still, V5: still }],
  ] as const) {
    const path = await writeRecord(dir, { name, rateHz: 100, seconds: 120, leads });
    const recording = valueOf(await openRecording(path));
    for (const print of valueOf(await fingerprintsOf(recording))) known[print] = name;
    await recording.close();
  }
  await writeFile(join(dir, TRAINED_ON_FILE), JSON.stringify(known));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

it.each([
  ['under another name', { II, V5 }],
  ['with its leads in another order', { V5, II }],
  ['with its second lead alone', { V5 }],
  ['with a lead of another kind before it', { Resp: noise(5), II, V5 }],
])('tells a recording that was learned from %s', async (_, leads) => {
  expect(await tell('renamed', leads)).toBe(true);
});

it('tells it when it was cut short after a minute, and under another header', async () => {
  expect(await tell('cut', { II, V5 }, 61)).toBe(true);
  await copyFile(join(dir, 'cut.dat'), join(dir, 'other.dat'));
  await writeFile(
    join(dir, 'other.hea'),
    'other 2 100 6100\nother.dat 16 200/uV 16 0 0 0 0 A\nother.dat 16 200/uV 16 0 0 0 0 B\n',
  );
  const recording = valueOf(await openRecording(join(dir, 'other.hea')));
  expect(await wasTrainedOn(modelOf(['100']), recording)).toBe(true);
  await recording.close();
});

it('takes no other recording for it: of its name, or with a lead that is as still', async () => {
  expect(await tell('100', { II: noise(3), V5: noise(4) })).toBe(false);
  expect(await tell('off', { II: noise(3), V5: still })).toBe(false);
});

it('asks by name for what nobody has fingerprints of', async () => {
  expect(await tell('200', { II: noise(3) })).toBe(true);
});
