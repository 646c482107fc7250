import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openRecording } from '../formats/list';
import { recordingInfo } from './recording-info';
import { writeRecord } from './testing/write-record';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-implausible-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** R waves of a usual width, 70 a minute, over wander. */
const heart = (t: number): number =>
  1.2 * Math.exp(-0.5 * (((t % 0.857) - 0.4) / 0.012) ** 2) + 0.05 * Math.sin(t);

/** @returns codes of the warnings after the header was changed */
async function codes(change: (header: string) => string, mv = heart): Promise<string[]> {
  const path = await writeRecord(dir, { name: 'a', rateHz: 360, seconds: 60, leads: { II: mv } });
  await writeFile(path, change(await readFile(path, 'utf8')));
  const opened = await openRecording(path);
  if (!opened.ok) throw new Error(opened.error.message);
  const { warnings } = await recordingInfo(opened.value);
  await opened.value.close();
  return warnings.map(({ code }) => code);
}

it('says nothing of a usual ECG', async () => {
  expect(await codes((header) => header)).toEqual([]);
});

it.each([
  ['a hundredth of the gain', '10(0)/mV'],
  ['a hundred times the gain', '100000(0)/mV'],
])('doubts %s', async (_what, gain) => {
  expect(await codes((header) => header.replace('1000(0)/mV', gain))).toEqual(['implausible-gain']);
});

it.each([720, 180])('doubts a sampling rate of %i Hz that is 360', async (rate) => {
  expect(await codes((header) => header.replace('a 1 360', `a 1 ${rate}`))).toEqual([
    'implausible-rate',
  ]);
});

it('says that annotations go on after their end mark', async () => {
  // N after 1 and 2 samples, the end mark, and another N.
  const annotations = Uint16Array.of((1 << 10) | 1, (1 << 10) | 1, 0, (1 << 10) | 1, 0);
  await writeFile(join(dir, 'a.atr'), new Uint8Array(annotations.buffer));
  expect(await codes((header) => header)).toEqual([expect.stringMatching(/annotation|damaged/)]);
});

it('does not take a slow or a fast heart for a wrong rate', async () => {
  const at = (rrS: number, widthS: number) => (t: number) =>
    1.2 * Math.exp(-0.5 * (((t % rrS) - rrS / 2) / widthS) ** 2) + 0.05 * Math.sin(t);
  expect(await codes((header) => header, at(60 / 28, 0.012))).toEqual([]);
  expect(await codes((header) => header, at(60 / 160, 0.012))).toEqual([]);
});

it('does not take T waves of more than half of R for beats of their own', async () => {
  const wave = (t: number, atS: number, widthS: number): number =>
    Math.exp(-0.5 * (((t % 0.98) - atS) / widthS) ** 2);
  const mv = (t: number): number => 1.2 * wave(t, 0.3, 0.006) + 0.75 * wave(t, 0.62, 0.05);
  expect(await codes((header) => header, mv)).toEqual([]);
});
