import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../shared/contract';
import { DEFAULT_FINDING_THRESHOLDS, type ReviewEdit } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import { findingsOf } from '../../findings/findings';
import { worklistFigures } from '../../findings/worklist-figures';
import type { StoredAnalysis, StoredRecording } from './types';
import { openDatabase } from './database';
import { openSqliteStore, type SqliteStore } from './sqlite-store';
import { STORE_FILE } from './store-files';

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
    {
      ...{ analysisId: 'a', modelId: 'attention-cnn', acts: 1, flagged: 1, decided: 1 },
      ...{ contentHash: 'c', isCounted: false, needReader: null, figures: null },
    },
  ]);
  expect(store.analysis('b')).toBeNull();
});

test('an analysis that an earlier version stored, in the shape of its results, is no damaged one', () => {
  store.putAnalysis(analysis);
  store.close();
  const opened = openDatabase(join(folder, STORE_FILE));
  if (!opened.ok) throw new Error(opened.error.message);
  const [row] = opened.value.all('SELECT digest FROM analyses', []) as { digest: string }[];
  const earlier = `1:${row!.digest.replace(/^\d+:/, '')}`;
  opened.value.run('UPDATE analyses SET digest = ?', [earlier]);
  opened.value.close();
  store = open();
  expect(store.analysis('a')).toEqual(analysis);
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

test('a long list is kept, and follows what anybody changes', () => {
  const count = 300;
  const opened = openDatabase(join(folder, STORE_FILE));
  if (!opened.ok) throw new Error(opened.error.message);
  const elsewhere = opened.value;
  store.putAnalysis(analysis);
  elsewhere.transaction(() => {
    for (let i = 0; i < count; i++) {
      elsewhere.run(
        `INSERT INTO recordings SELECT 'r' || ?, '/a/' || ?, 'n', 'f', 0, NULL, 'c' || ?, NULL, 1, NULL`,
        [`${i}`, `${i}`, `${i}`],
      );
      elsewhere.run(
        `INSERT INTO analyses SELECT 'a' || ?, 'c' || ?, model_id, model_sha256, parameters, created_ms,
           status, flagged_segments, result, NULL FROM analyses WHERE analysis_id = 'a'`,
        [`${i}`, `${i}`],
      );
      elsewhere.run(`INSERT INTO review_counts VALUES ('a' || ?, 0, 3, 0, 2, NULL)`, [`${i}`]);
    }
  });
  expect(store.latestAnalyses().size).toBe(count + 1);
  expect(store.recordings()).toHaveLength(count);
  const figures = worklistFigures(
    findingsOf(
      {
        ...{ durationS: 10, startClock: null, episodes: [], segments: [], quality: null },
        ...{ findsBeats: true, leads: [] },
        beats: { timeS: new Float64Array(), beatClass: new Uint8Array() },
      },
      DEFAULT_FINDING_THRESHOLDS,
    ),
    10,
  );
  store.putRecording({ ...recording, recordingId: 'r9' });
  store.putCounts('a9', { sequence: 0, flagged: 4, decided: 1, needReader: 0, figures });
  expect(store.latestAnalyses().get('c9')).toMatchObject({ flagged: 4, decided: 1, figures });
  expect(store.recordings()).toHaveLength(count);

  // One has moved on since it was counted, another is counted by another process.
  const edit: ReviewEdit = {
    kind: 'decide-segments',
    segments: [0],
    decision: 'agree',
    note: '',
  };
  store.trail.edit('a7', edit, { reader: 'x', modelSha256: 'm' });
  elsewhere.run(`UPDATE review_counts SET decided = 3 WHERE analysis_id = 'a6'`);
  const listed = store.latestAnalyses();
  expect(listed.get('c6')).toMatchObject({ flagged: 3, decided: 3, needReader: 2 });
  expect(listed.get('c7')).toMatchObject({ flagged: 1, decided: 1, needReader: null });
  elsewhere.close();
});

test('keeps why a recording cannot be read, beside another process that mends it', () => {
  const { error } = errSaid('not-found', 'failures.notOnWorklist');
  store.putUnread('r', error);
  store.putUnread('busy', { code: 'busy', message: 'later' });
  expect([...store.unread()]).toEqual([['r', { message: error.message, said: error.said }]]);
  const elsewhere = open();
  expect(elsewhere.unread().get('r')).toMatchObject({ said: error.said });
  elsewhere.putUnread('r', null);
  expect(store.unread().size).toBe(0);
  elsewhere.close();
});
