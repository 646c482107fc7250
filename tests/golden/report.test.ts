import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packAttention } from '../../src/core/analysis/overlays/attention';
import type { Inference } from '../../src/core/inference/types';
import { recordingIdOf } from '../../src/core/base/recording-id';
import { openSqliteStore } from '../../src/core/review/store/sqlite-store';
import { createService } from '../../src/core/service';
import { createInlinePool } from '../../src/core/workers/inline-pool';
import type { Segment } from '../../src/shared/domain';
import { demoHash } from './demo-hash';
import { valueOf } from '../../src/shared/domain/testing/value-of';

/** A report of an analysed record takes under 2 s; a single run of the network would take longer. */
const PROJECT = join(import.meta.dirname, '../..');
const HEADER = join(PROJECT, 'resources/demo/demo.hea');

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'fiducial-report-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }));

/** Stores an analysis of the demo: a V beat in every segment, each flagged. */
function storeAnalysis(contentHash: string): string {
  const analysisId = 'b'.repeat(32);
  const segments = Array.from({ length: 119 }, (_, index): Segment => ({
    index,
    startS: index * 5,
    endS: index * 5 + 10,
    verdict: 'Abnormal',
    probability: 0.9,
    reason: null,
    refer: false,
  }));
  const timeS = Float64Array.from({ length: 600 }, (_, i) => i + 0.5);
  const shares = segments.map(({ startS }) => ({
    timeS: timeS.subarray(startS, startS + 10),
    share: Float32Array.of(0.55, ...Array<number>(9).fill(0.05)),
  }));
  const store = valueOf(openSqliteStore(dir));
  store.putAnalysis({
    analysisId,
    key: { contentHash, modelSha256: 'm', parameters: '{}' },
    modelId: 'beat-attention',
    status: {
      analysisId,
      recordingId: recordingIdOf(HEADER),
      modelId: 'beat-attention',
      state: 'done',
      segmentsDone: 119,
      segmentsTotal: 119,
      elapsedS: 1,
      remainingS: 0,
      lead: null,
      threshold: 0.5,
      provider: 'cpu',
      message: null,
    },
    result: {
      segments,
      beats: {
        timeS,
        beatClass: Uint8Array.from(timeS, (_, i) => (i % 10 === 0 ? 2 : 0)),
        confidence: new Float32Array(600).fill(1),
        attention: new Float32Array(600),
      },
      episodes: [],
      attention: packAttention(segments, shares),
    },
  });
  store.close();
  return analysisId;
}

it('writes thirty strips that a reader chose from what the analysis kept, without the network', async () => {
  const analysisId = storeAnalysis(await demoHash(HEADER));
  const asked: string[] = [];
  const inference: Inference = {
    async run(_model, variant) {
      asked.push(variant);
      return { ok: false, error: { code: 'inference-failed', message: 'Not here.' } };
    },
    provider: () => 'cpu',
    devices: async () => [],
    tryDevices: async () => [],
    close: async () => undefined,
  };
  const service = valueOf(
    await createService({
      pool: createInlinePool(),
      inference,
      dataDir: dir,
      modelsDir: join(PROJECT, 'resources/models'),
      host: 'cli',
      version: '0.0.0',
      emit: () => undefined,
    }),
  );
  try {
    valueOf(await service.admit([HEADER]));
    const strips = Array.from({ length: 30 }, (_, i) => ({
      ...{ id: `stretch@${i}`, findingId: null, startS: 10 * i, endS: 10 * i + 6 },
      ...{ title: `Chosen ${i + 1}`, comment: '' },
    }));
    const signal = new AbortController().signal;
    valueOf(
      await service.handlers['review.decide'](
        { analysisId, edit: { kind: 'edit-report', report: { strips } }, reader: '' },
        { signal },
      ),
    );
    const report = valueOf(
      await service.handlers['report.create'](
        { analysisId, paper: 'A4', identity: true, reader: '' },
        { signal },
      ),
    );
    const pdf = readFileSync(valueOf(await service.document(report.documentId)).path, 'latin1');
    expect(pdf.match(/\/Title \(\d+ Chosen \d+/g)).toHaveLength(30);
    expect(asked).toEqual([]);
  } finally {
    await service.close();
  }
});
