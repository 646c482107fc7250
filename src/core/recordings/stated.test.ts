import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RequestContext } from '../../shared/contract';
import { createFakeInference } from '../analysis/testing/fake-inference';
import { openRecording } from '../formats/list';
import { encodeZip } from '../formats/zip/testing/encode-zip';
import { writeTestModel } from '../inference/testing/model-fixture';
import { createService, type Service } from '../service';
import { createInlinePool } from '../workers/inline-pool';
import { valueOf } from '../../shared/domain/testing/value-of';

const context: RequestContext = { signal: new AbortController().signal };

/** A table without rate and scale: a beat every 100 rows. */
const TABLE = `sample,MLII\n${Array.from({ length: 3000 }, (_, k) => `${k},${Math.round(1000 + 300 * Math.exp(-(((k % 100) - 50) ** 2) / 8) + 20 * Math.sin(k / 40))}`).join('\n')}\n`;

let dir: string;
let file: string;
const services: Service[] = [];
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'fiducial-stated-'));
  file = path.join(dir, 'bare.csv');
  await writeFile(file, TABLE);
  await writeTestModel(path.join(dir, 'models'));
});
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.close()));
  await rm(dir, { recursive: true, force: true });
});

async function start(): Promise<Service> {
  const service = valueOf(
    await createService({
      pool: createInlinePool(),
      inference: createFakeInference(() => 0.1),
      dataDir: path.join(dir, 'store'),
      modelsDir: path.join(dir, 'models'),
      host: 'browser',
      version: '0.0.0',
      emit: () => undefined,
    }),
  );
  services.push(service);
  return service;
}

async function analysed({ handlers }: Service, recordingId: string): Promise<number> {
  const call = { recordingId, modelId: null, lead: null };
  const { analysisId } = valueOf(await handlers['analysis.start'](call, context));
  for (;;) {
    const status = valueOf(await handlers['analysis.status']({ analysisId }, context));
    if (status.state === 'failed') throw new Error(status.message ?? '');
    if (status.state === 'done') return status.segmentsTotal;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

it('asks for what a file leaves out, and keeps the answer for everything that opens it', async () => {
  const service = await start();
  const { recordingId } = valueOf(await service.admit([file])).entries[0]!;
  const open = service.handlers['recordings.open'];
  expect(await open({ recordingId }, context)).toMatchObject({
    error: { code: 'needs-option', details: { missing: ['samplingRateHz', 'gainAduPerMv'] } },
  });
  const stated = { samplingRateHz: 100, gainAduPerMv: 200 };
  const info = valueOf(await open({ recordingId, stated }, context));
  expect(info).toMatchObject({ recordingId, samplingRateHz: 100, durationS: 30 });
  expect(info.warnings[0]).toMatchObject({
    code: 'stated',
    message: expect.stringContaining('100 Hz and the gain of 200 ADU/mV'),
  });
  // Threads open the recording by themselves.
  expect(await analysed(service, recordingId)).toBe(5);
  await service.close();
  services.pop();

  // The worklist of another day, and the same file brought in again.
  const later = await start();
  valueOf(await later.admit([file]));
  const again = valueOf(await later.handlers['recordings.open']({ recordingId }, context));
  expect(again.samplingRateHz).toBe(100);
  // Another answer is another recording: nothing found at 100 Hz is taken for it.
  const other = { samplingRateHz: 150, gainAduPerMv: 200 };
  valueOf(await later.handlers['recordings.open']({ recordingId, stated: other }, context));
  expect(await analysed(later, recordingId)).toBe(3);
});

it('states what is left out of a file in an archive, and opens a file that is called so', async () => {
  const zip = path.join(dir, 'a.zip');
  await writeFile(zip, encodeZip([{ name: 'bare.csv', bytes: TABLE }]));
  const inside = valueOf(await openRecording(`${zip}!/bare.csv?fs=250&gain=200`));
  expect(inside.leads[0]!.samplingRateHz).toBe(250);
  expect(inside.path).toBe(`${zip}!/bare.csv?fs=250&gain=200`);
  await inside.close();
  const odd = path.join(dir, 'odd?fs=5');
  await writeFile(odd, TABLE);
  expect(await openRecording(odd)).toMatchObject({ error: { code: 'needs-option' } });
});

it('takes nothing from a statement that the file makes itself, and only what is missing else', async () => {
  const whole = path.join(dir, 'whole.csv');
  const rows = Array.from({ length: 500 }, (_, k) => `${k / 250},${Math.sin(k / 9).toFixed(3)}`);
  await writeFile(whole, `time (s),MLII (mV)\n${rows.join('\n')}\n`);
  const plain = valueOf(await openRecording(`${whole}?fs=1000&gain=5`));
  expect(plain.leads[0]!.samplingRateHz).toBe(250);
  expect(plain.path).toBe(whole);
  expect(plain.warnings.map(({ message }) => message)).toEqual([
    'Stated but not used: fs 1000; the file says how it is to be read.',
    'Stated but not used: gain 5; the file says how it is to be read.',
  ]);
  await plain.close();
  const alike = valueOf(await openRecording(`${whole}?fs=250&gain=1000`));
  expect(alike.warnings).toEqual([]);
  await alike.close();

  const half = path.join(dir, 'half.csv');
  await writeFile(
    half,
    `sample,MLII (mV)\n${rows.map((row, k) => row.replace(/^[^,]*/, `${k}`)).join('\n')}\n`,
  );
  const opened = valueOf(await openRecording(`${half}?fs=100&gain=5`));
  expect(opened.path).toBe(`${half}?fs=100`);
  expect(opened.warnings[0]!.message).toBe(
    'Stated by a reader and not by the file: the sampling rate of 100 Hz.',
  );
  await opened.close();
});

it('reaches a scan, which reads the lead that it is told, and says what the model misses', async () => {
  const service = await start();
  const scan = async (lead: number | null) => {
    const rows = valueOf(
      await service.scanToFile({
        given: [file, odd, timed],
        modelId: null,
        lead,
        stated: { samplingRateHz: 100, gainAduPerMv: 200 },
        out: path.join(dir, `rows-${lead}.jsonl`),
        stream: null,
        format: 'jsonl',
        workers: 1,
        reportDir: null,
        signal: context.signal,
        onProblem: () => undefined,
        onProgress: () => undefined,
      }),
    );
    return rows.map(({ fs, lead: read, warnings, error }) => ({
      fs,
      read,
      codes: warnings.map(({ code }) => code).filter((code) => /stated|other-leads/.test(code)),
      error: error?.code,
    }));
  };
  const odd = path.join(dir, 'chest.csv');
  await writeFile(odd, TABLE.replace('MLII', 'V4'));
  const timed = path.join(dir, 'timed.csv');
  const rows = Array.from({ length: 4000 }, (_, k) => `${k / 250},${Math.sin(k / 9).toFixed(3)}`);
  await writeFile(timed, `time (s),MLII (mV)\n${rows.join('\n')}\n`);
  const inVain = ['stated-not-used', 'stated-not-used'];
  expect(await scan(null)).toEqual([
    { fs: 100, read: 'MLII', codes: ['stated'], error: undefined },
    { fs: 100, read: 'V4', codes: ['stated', 'other-leads'], error: undefined },
    { fs: 250, read: 'MLII', codes: inVain, error: undefined },
  ]);
  expect(await scan(0)).toEqual([
    { fs: 100, read: 'MLII', codes: ['stated'], error: undefined },
    { fs: 100, read: 'V4', codes: ['stated'], error: undefined },
    { fs: 250, read: 'MLII', codes: inVain, error: undefined },
  ]);
  expect((await scan(7)).map(({ error }) => error)).toEqual(Array(3).fill('not-found'));
});
