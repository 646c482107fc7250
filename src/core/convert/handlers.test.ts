import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RECORDING_FORMS, type RecordingForm, type RequestContext } from '../../shared/contract';
import { createFakeInference } from '../analysis/testing/fake-inference';
import { openRecording } from '../formats/list';
import { pulses, writeRecord } from '../recordings/testing/write-record';
import { createService, type Service } from '../service';
import { createInlinePool } from '../workers/inline-pool';
import { valueOf } from '../../shared/domain/testing/value-of';

const context: RequestContext = { signal: new AbortController().signal };

let dir: string;
let service: Service;
let recordingId: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'fiducial-convert-'));
  await writeRecord(dir, { name: 'jane', rateHz: 360, seconds: 30, leads: { II: pulses } });
  service = valueOf(
    await createService({
      pool: createInlinePool(),
      inference: createFakeInference(() => 0.9),
      dataDir: path.join(dir, 'store'),
      modelsDir: path.join(dir, 'models'),
      host: 'browser',
      version: '0.0.0',
      emit: () => undefined,
    }),
  );
  ({ recordingId } = valueOf(await service.admit([path.join(dir, 'jane.hea')])).entries[0]!);
});
afterEach(async () => {
  await service.close();
  await rm(dir, { recursive: true, force: true });
});

const convert = (to: RecordingForm, identity: boolean) =>
  service.handlers['recordings.convert']({ recordingId, to, identity }, context);

it('makes one document of each form that opens as the same recording', async () => {
  const names: string[] = [];
  for (const to of RECORDING_FORMS) {
    const made = valueOf(await convert(to, true));
    names.push(made.suggestedName);
    const { path: file } = valueOf(await service.document(made.documentId));
    const copy = valueOf(await openRecording(file));
    expect(copy.leads[0], to).toMatchObject({ name: 'II', samplingRateHz: 360, samples: 10_800 });
    await copy.close();
  }
  expect(names).toEqual(['jane.zip', 'jane.edf', 'jane.dcm', 'jane-samples.csv']);
});

it('names nobody where that is not wanted', async () => {
  const made = valueOf(await convert('edf', false));
  expect(made.suggestedName).toBe('ecg.edf');
  const { path: file } = valueOf(await service.document(made.documentId));
  expect(path.basename(file)).toBe('ecg.edf');
});

it('writes nothing of what is not on the worklist, and stops when told to', async () => {
  const unknown = { recordingId: 'none', to: 'edf', identity: true } as const;
  expect(await service.handlers['recordings.convert'](unknown, context)).toMatchObject({
    error: { code: 'not-found' },
  });
  const stopped = { signal: AbortSignal.abort() };
  const call = { recordingId, to: 'edf', identity: true } as const;
  expect(await service.handlers['recordings.convert'](call, stopped)).toMatchObject({
    error: { code: 'cancelled' },
  });
});
