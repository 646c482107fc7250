import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { valueOf } from '../../../shared/domain/testing/value-of';
import { openRecording } from '../../formats/list';
import { pulses, writeRecord } from '../../recordings/testing/write-record';
import { measureRecording } from './measure-recording';

let dir: string;
beforeEach(async () => void (dir = await mkdtemp(path.join(tmpdir(), 'fiducial-stretch-'))));
afterEach(() => rm(dir, { recursive: true, force: true }));

/** A beat a second at .5 s, of which those between 10 and 15.4 s were not recorded. */
const AT_S = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 17, 18, 19].map((second) => second + 0.5);
const gap = (timeS: number) => (timeS >= 10 && timeS < 15.4 ? NaN : pulses(timeS));
/** Two lost packets, of 40 ms each, are shorter than a beat. */
const packets = (timeS: number) => ((timeS * 25) % 125 < 1 ? NaN : pulses(timeS));

it.each([
  ['missing in every lead', { II: gap, V1: gap }, 60],
  ['one lead goes on, and beats are far apart indeed', { II: gap, V1: pulses }, (60 * 13) / 19],
  ['short losses', { II: packets, V1: packets }, (60 * 13) / 19],
])('the rate of a stretch: %s', async (_, leads, bpm) => {
  const file = await writeRecord(dir, { name: 'r', rateHz: 250, seconds: 20, leads });
  const recording = valueOf(await openRecording(file));
  const beats = { timeS: Float64Array.from(AT_S), beatClass: new Uint8Array(AT_S.length) };
  const measured = await measureRecording(
    recording,
    beats,
    { startS: 0, endS: 20 },
    { moved: [], isPaced: false },
  );
  await recording.close();
  expect(valueOf(measured).intervals.rateBpm).toBeCloseTo(bpm, 6);
});
