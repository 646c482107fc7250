import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { err, ok, type QrsWidth } from '../../shared/domain';
import { openRecording } from '../formats/list';
import { pulses, writeRecord } from '../recordings/testing/write-record';
import type { Pool } from '../workers/types';
import type { Analyser, AnalyserInput } from './analyser';
import { wholeRun } from './whole-run';

let dir: string;
beforeEach(async () => void (dir = await mkdtemp(join(tmpdir(), 'fiducial-whole-run-'))));
afterEach(() => rm(dir, { recursive: true, force: true }));

it('measures the stretches after one that cannot be measured', async () => {
  const path = await writeRecord(dir, {
    name: 'r',
    rateHz: 100,
    seconds: 130,
    leads: { II: pulses },
  });
  const recording = await openRecording(path);
  if (!recording.ok) throw new Error(recording.error.message);
  let asked = 0;
  const pool: Pool = {
    async run(task, input) {
      if (task.name !== 'qrs-width') return err('bad-signal', 'Not judged here.') as never;
      const { stretch } = input as { stretch: { startS: number; endS: number } };
      asked++;
      return (
        asked === 2
          ? err('bad-signal', 'This stretch cannot be read.')
          : ok(asked === 3 ? null : { ...stretch, qrsMs: 140, beats: 20 })
      ) as never;
    },
    close: () => Promise.resolve(),
  };
  const analyser = { findsBeats: true, async *run() {} } as unknown as Analyser;
  const { signal } = new AbortController();
  const input = { recording: recording.value, pool, signal } as unknown as AnalyserInput;
  const widths: QrsWidth[] = [];
  for await (const update of wholeRun(analyser, input)) {
    if (update.ok && update.value.kind === 'qrs-widths') widths.push(...update.value.widths);
  }
  expect(widths.map(({ startS }) => startS)).toEqual([0, 66, 88, 110]);
  await recording.value.close();
});
