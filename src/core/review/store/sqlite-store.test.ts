import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../shared/contract';
import type { StoredAnalysis, StoredRecording } from './types';
import { openSqliteStore, type SqliteStore } from './sqlite-store';

let folder: string;
let store: SqliteStore;

function open(): SqliteStore {
  const opened = openSqliteStore(folder);
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiducial-store-'));
  store = open();
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const analysis: StoredAnalysis = {
  analysisId: 'a',
  key: { contentHash: 'c', modelSha256: 'm', parameters: '{}' },
  modelId: 'attention-cnn',
  status: {
    analysisId: 'a',
    recordingId: 'r',
    modelId: 'attention-cnn',
    state: 'done',
    segmentsDone: 2,
    segmentsTotal: 2,
    elapsedS: 1,
    remainingS: 0,
    lead: 'MLII',
    threshold: 0.4,
    provider: 'cpu',
    message: null,
  },
  result: {
    segments: [
      {
        index: 0,
        startS: 0,
        endS: 10,
        verdict: 'Abnormal',
        probability: 0.9,
        reason: null,
        refer: false,
      },
      {
        index: 1,
        startS: 5,
        endS: 15,
        verdict: 'Unreadable',
        probability: null,
        reason: 'flat',
        refer: false,
      },
    ],
    beats: {
      timeS: Float64Array.of(0.5, 1.25),
      beatClass: Uint8Array.of(0, 2),
      confidence: Float32Array.of(0.5, 0.75),
      attention: Float32Array.of(0.25, 0.75),
    },
    episodes: [{ startS: 1, endS: 9, rhythm: '(AFIB', probability: 0.8 }],
  },
};

test('an analysis comes back whole after the store was closed and opened again', () => {
  store.putAnalysis(analysis);
  store.trail.edit(
    'a',
    { kind: 'decide-segments', segments: [0, 1], decision: 'agree', note: '' },
    { reader: 'x', modelSha256: 'm' },
  );
  store.close();
  store = open();
  expect(store.analysis('a')).toEqual(analysis);
  expect(store.analysesOf('c')).toEqual([
    { analysisId: 'a', modelId: 'attention-cnn', flagged: 1, decided: 1 },
  ]);
  expect(store.analysis('b')).toBeNull();
});

test('the latest analysis of a recording comes first', () => {
  store.putAnalysis({ ...analysis, analysisId: 'b' });
  store.putAnalysis(analysis);
  expect(store.analysesOf('c').map(({ analysisId }) => analysisId)).toEqual(['a', 'b']);
});

const recording: StoredRecording = {
  recordingId: 'r',
  path: '/records/100.hea',
  name: '100',
  folder: 'records',
  synthetic: false,
  fingerprint: null,
  contentHash: 'c',
  openedAtMs: 12,
  listed: true,
};

test('recordings stay in the order in which they came, whichever is opened', () => {
  for (const recordingId of ['b', 'a', 'c']) store.putRecording({ ...recording, recordingId });
  store.putRecording({ ...recording, recordingId: 'b', openedAtMs: 13 });
  expect(store.recordings().map(({ recordingId }) => recordingId)).toEqual(['b', 'a', 'c']);
  expect(store.recording('b')).toMatchObject({ openedAtMs: 13 });
});

test('recordings and settings are kept', () => {
  store.putRecording(recording);
  store.putRecording({ ...recording, listed: false });
  store.putSettings({ ...DEFAULT_SETTINGS, theme: 'dark' });
  store.close();
  store = open();
  expect(store.recordings()).toEqual([{ ...recording, listed: false }]);
  expect(store.settings()).toMatchObject({ theme: 'dark' });
});
