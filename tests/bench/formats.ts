import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { convertRecording } from '../../src/core/convert/convert-recording';
import { encodeIshne } from '../../src/core/formats/ishne/testing/encode-ishne';
import { openRecording } from '../../src/core/formats/list';
import { projectDir } from '../../src/core/processes/entries';
import { createNodeHost } from '../../src/core/processes/node-host';
import { writeSyntheticRecord } from '../../src/core/synthesis';
import { timed } from './measure';

const DAY_S = 86_400;
const RATE_HZ = 250;
const FIRST_TRACE_MS = 500;
const RUNS = 5;

/** Writes a recording as EDF as `fiducial convert` does. @returns the file */
export async function asEdf(file: string, folder: string, name: string): Promise<string> {
  const written = await convertRecording(file, name, {
    to: 'edf',
    folder,
    overwrite: true,
    anonymiseWeeks: null,
  });
  if (!written.ok) throw new Error(written.error.message);
  return written.value.files.at(-1)!;
}

/** Opens a recording and reads every sample of every lead. */
export async function decodeAll(file: string): Promise<void> {
  const recording = await openRecording(file);
  if (!recording.ok) throw new Error(recording.error.message);
  for (const { index, samples: length } of recording.value.leads) {
    const samples = await recording.value.readPhysical(index, 0, length);
    if (!samples.ok) throw new Error(samples.error.message);
  }
  await recording.value.close();
}

/** From a path to the first ten seconds on the paper, of a day of two leads in EDF and in ISHNE. */
export async function benchFirstTrace(dir: string): Promise<string> {
  await writeSyntheticRecord(dir, {
    ...{ name: 'day2', durationS: DAY_S, rateHz: RATE_HZ, leads: 2, seed: 1, format: 212 },
  });
  const header = path.join(dir, 'day2.hea');
  const files = { EDF: await asEdf(header, dir, 'day2'), ISHNE: await asIshne(header, dir) };
  const lines: string[] = [];
  for (const [format, file] of Object.entries(files)) {
    const ms: number[] = [];
    for (let run = 0; run < RUNS; run++) ms.push(await firstTrace(dir, file));
    const slowest = Math.max(...ms);
    const verdict = slowest <= FIRST_TRACE_MS ? 'met' : 'NOT MET';
    lines.push(
      `first trace of a 24-h, 2-lead, ${RATE_HZ} Hz ${format} file\n    Fiducial ${Math.min(...ms).toFixed(0)} to ${slowest.toFixed(0)} ms in ${RUNS} runs; budget ${FIRST_TRACE_MS} ms: ${verdict}`,
    );
  }
  return lines.join('\n');
}

/** The same integers as ISHNE, which `convert` does not write. */
async function asIshne(header: string, dir: string): Promise<string> {
  const recording = await openRecording(header);
  if (!recording.ok) throw new Error(recording.error.message);
  const { leads } = recording.value;
  const samples = leads[0]!.samples;
  const body = new Int16Array(samples * leads.length);
  for (const { index } of leads) {
    const read = await recording.value.readDigital(index, 0, samples);
    if (!read.ok) throw new Error(read.error.message);
    read.value.forEach((sample, k) => (body[k * leads.length + index] = sample));
  }
  await recording.value.close();
  const file = path.join(dir, 'day2.ecg');
  const bytes = new Uint8Array(body.buffer);
  await writeFile(file, encodeIshne({ rateHz: RATE_HZ, sizeField: samples, body: bytes }));
  return file;
}

/** In a host that has opened nothing before: its start is not the recording's. */
async function firstTrace(dir: string, file: string): Promise<number> {
  const dataDir = await mkdtemp(path.join(dir, 'first-'));
  const host = createNodeHost({
    host: 'browser',
    version: 'bench',
    dataDir,
    modelsDir: path.join(projectDir(), 'resources', 'models'),
    demoPath: path.join(projectDir(), 'resources', 'demo', 'demo.hea'),
  });
  try {
    const ready = await host.client.call('recordings.list', {});
    if (!ready.ok) throw new Error(ready.error.message);
    return await timed(async () => {
      const admitted = await host.admit([file]);
      if (!admitted.ok) throw new Error(admitted.error.message);
      const { recordingId } = admitted.value.entries[0]!;
      const opened = await host.client.call('recordings.open', { recordingId });
      if (!opened.ok) throw new Error(opened.error.message);
      const tile = await host.client.call('traces.tile', {
        ...{ recordingId, leads: [0, 1], startS: 0, endS: 10, widthPx: 1200, filter: 'raw' },
      });
      if (!tile.ok) throw new Error(tile.error.message);
    });
  } finally {
    await host.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
