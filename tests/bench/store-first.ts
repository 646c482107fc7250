/**
 * `node script.mjs DATA_DIR` (bundled, see `bundle-ts.mjs`): what a process that has just started takes for its first list
 * and its first decision, in the thread that answers; prints a `FreshStart`. Started by the bench `store`.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createLibrary } from '../../src/core/recordings/library';
import { createReviews } from '../../src/core/review/handlers';
import { createReadings, type ReviewedAnalysis } from '../../src/core/review/readings';
import { openSqliteStore } from '../../src/core/review/store/sqlite-store';
import { createInlinePool } from '../../src/core/workers/inline-pool';
import { DEFAULT_FINDING_THRESHOLDS, type ReviewEdit } from '../../src/shared/domain';
import { median, timed } from './measure';
import type { FreshStart } from './store';

/** What is put off until the first answers are given has then been done. */
const AFTER_MS = 3000;
const RUNS = 9;
const HISTOGRAM_NS = 1e6;

const dataDir = process.argv[2]!;
let opened!: ReturnType<typeof openSqliteStore>;
const openMs = await timed(() => (opened = openSqliteStore(dataDir)));
if (!opened.ok) throw new Error(opened.error.message);
const store = opened.value;

const library = createLibrary({ store, activityOf: () => null, onChange: () => undefined });
const list = (): unknown => library.entries();

/** Kept, as the service keeps it. */
let reviewed: ReviewedAnalysis | null = null;
function analysis(analysisId: string): ReviewedAnalysis | null {
  const found = reviewed ? null : store.analysis(analysisId);
  if (found) {
    reviewed = { result: found.result, isDone: true, modelSha256: found.key.modelSha256 };
  }
  return reviewed;
}
const readings = createReadings({
  trail: store.trail,
  analysis,
  thresholds: () => DEFAULT_FINDING_THRESHOLDS,
  pool: createInlinePool(),
});
const { handlers } = createReviews({
  trail: store.trail,
  readings,
  analysis,
  putCounts: (analysisId, counts) => store.putCounts(analysisId, counts),
  teaching: () => Promise.resolve(null),
  changed: () => undefined,
});
const edit: ReviewEdit = { kind: 'decide-segments', segments: [5], decision: 'agree', note: '' };
async function decide(): Promise<void> {
  const decided = await handlers['review.decide'](
    { analysisId: 'decided', edit, reader: 'Dr A' },
    { signal: new AbortController().signal },
  );
  if (!decided.ok) throw new Error(decided.error.message);
}

let [listMs, decisionMs] = [0, 0];
const listCpuMs = await cpuMs(async () => (listMs = await timed(list)));
const decisionCpuMs = await cpuMs(async () => (decisionMs = await timed(decide)));
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
await wait(AFTER_MS);
delay.disable();
const decisionAgainMs = await medianMs(decide);
const listAgainMs = await medianMs(list);
store.close();

const start: FreshStart = {
  ...{ openMs, listMs, decisionMs, listCpuMs, decisionCpuMs },
  ...{ listAgainMs, decisionAgainMs },
  heldUpMs: delay.max / HISTOGRAM_NS,
};
console.log(JSON.stringify(start));

/** Processor time that something takes, ms, in every thread of this process. */
async function cpuMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

async function medianMs(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) times.push(await timed(work));
  return median(times);
}
