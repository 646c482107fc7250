import path from 'node:path';
import { createReviews } from '../../src/core/review/handlers';
import { createReadings } from '../../src/core/review/readings';
import { putAnalysisRow } from '../../src/core/review/store/analysis-rows';
import { openDatabase } from '../../src/core/review/store/database';
import { openSqliteStore } from '../../src/core/review/store/sqlite-store';
import { STORE_FILE } from '../../src/core/review/store/store-files';
import { exampleAnalysis, exampleRecording } from '../../src/core/review/store/testing/examples';
import type { ReviewCounts } from '../../src/core/review/store/types';
import { createInlinePool } from '../../src/core/workers/inline-pool';
import { DEFAULT_FINDING_THRESHOLDS } from '../../src/shared/domain';
import { timed } from './measure';

const EVENTS = 100_000;
const RECORDINGS = 10_000;
const RUNS = 9;

/** A decision after a hundred thousand, and a worklist of ten thousand, first and again. */
export async function benchStore(dir: string): Promise<string> {
  const dataDir = path.join(dir, 'store');
  const opened = openSqliteStore(dataDir);
  if (!opened.ok) throw new Error(opened.error.message);
  const store = opened.value;
  store.putAnalysis(exampleAnalysis('decided'));
  const edit = { kind: 'decide-segments' as const, segments: [0], note: '' };
  store.trail.adopt(
    'decided',
    Array.from({ length: EVENTS }, (_, i) => ({
      sequence: i + 1,
      atMs: i,
      reader: 'Dr A',
      action: 'edit' as const,
      edit: { ...edit, decision: i % 2 === 0 ? ('agree' as const) : ('overrule' as const) },
      before: [],
      after: [],
      modelSha256: 'm',
    })),
    { from: 'r.json', by: 'Dr A', atMs: 0 },
  );
  const analysis = (analysisId: string) => {
    const found = store.analysis(analysisId);
    return found && { result: found.result, isDone: true, modelSha256: found.key.modelSha256 };
  };
  const readings = createReadings({
    trail: store.trail,
    analysis,
    thresholds: () => DEFAULT_FINDING_THRESHOLDS,
    pool: createInlinePool(),
  });
  let counted: ReviewCounts | null = null;
  const { handlers } = createReviews({
    trail: store.trail,
    readings,
    analysis,
    putCounts(analysisId, counts) {
      counted = counts;
      store.putCounts(analysisId, counts);
    },
    teaching: async () => null,
    changed: () => undefined,
  });
  const decide = (): Promise<unknown> =>
    handlers['review.decide'](
      { analysisId: 'decided', edit: { ...edit, decision: 'agree' }, reader: 'Dr A' },
      { signal: new AbortController().signal },
    );
  const first = await timed(decide);
  const later = await median(decide);

  fill(dataDir);
  const list = (): unknown => [store.recordings(), store.latestAnalyses()];
  const listed = await timed(list);
  const again = await median(() => {
    if (counted) store.putCounts('a9', { ...counted, sequence: 0 });
    return list();
  });
  store.close();
  return [
    `decision after ${EVENTS} events: first ${first.toFixed(0)} ms, then ${later.toFixed(1)} ms (limit 50 ms)`,
    `list of ${RECORDINGS}: first ${listed.toFixed(0)} ms, then ${again.toFixed(1)} ms (limit 200 ms)`,
  ].join('\n');
}

function fill(dataDir: string): void {
  const opened = openDatabase(path.join(dataDir, STORE_FILE));
  if (!opened.ok) throw new Error(opened.error.message);
  const database = opened.value;
  database.transaction(() => {
    for (let i = 0; i < RECORDINGS; i++) {
      const { recordingId, path: at } = exampleRecording(`a${i}`);
      database.run(`INSERT INTO recordings VALUES (?, ?, 'n', 'f', 0, NULL, ?, NULL, 1, NULL)`, [
        recordingId,
        at,
        `content-a${i}`,
      ]);
      putAnalysisRow(database, exampleAnalysis(`a${i}`));
      database.run('INSERT INTO review_counts VALUES (?, 0, 3, 0, 2, NULL)', [`a${i}`]);
    }
  });
  database.close();
}

async function median(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) times.push(await timed(work));
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)]!;
}
