import { spawn } from 'node:child_process';
import path from 'node:path';
import { projectDir } from '../../src/core/processes/entries';
import { recordingIdOf } from '../../src/core/base/recording-id';
import { putAboutRow } from '../../src/core/review/store/about-rows';
import { putAnalysisRow } from '../../src/core/review/store/analysis-rows';
import { openDatabase } from '../../src/core/review/store/database';
import { putRecordingRow } from '../../src/core/review/store/recording-rows';
import { openSqliteStore } from '../../src/core/review/store/sqlite-store';
import { STORE_FILE } from '../../src/core/review/store/store-files';
import { exampleAnalysis, exampleRecording } from '../../src/core/review/store/testing/examples';
import type { ReviewEdit, ReviewEvent, WorklistFigures } from '../../src/shared/domain';

export const EVENTS = 100_000;
export const RECORDINGS = 10_000;
/** Of the recording that the events are on. */
export const SEGMENTS = 720;
const FINDINGS = 500;
const FRESH_STARTS = 3;

/** What a fresh process takes for what it is first asked, ms. */
export interface FreshStart {
  readonly openMs: number;
  readonly listMs: number;
  readonly decisionMs: number;
  /** Processor time of those two: on a busy machine they wait as well. */
  readonly listCpuMs: number;
  readonly decisionCpuMs: number;
  /** Longest that the process answers nobody in the ten seconds after. */
  readonly heldUpMs: number;
  readonly listAgainMs: number;
  readonly decisionAgainMs: number;
}

/** A worklist of ten thousand and a decision after a hundred thousand, the first after a start and again. */
export async function benchStore(dir: string): Promise<string> {
  const dataDir = path.join(dir, 'store');
  fill(dataDir);
  // As the program leaves it: the first start writes the pages of the list when nobody waits.
  const script = await bundledStart();
  await startAfresh(script, dataDir);
  const starts: FreshStart[] = [];
  for (let run = 0; run < FRESH_STARTS; run++) starts.push(await startAfresh(script, dataDir));
  const of = (name: keyof FreshStart): string => {
    const sorted = starts.map((start) => start[name]).sort((a, b) => a - b);
    return `${sorted[FRESH_STARTS >> 1]!.toFixed(1)} (${sorted[0]!.toFixed(1)} to ${sorted.at(-1)!.toFixed(1)}) ms`;
  };
  return [
    `store of ${RECORDINGS} recordings and ${EVENTS} events, ${FRESH_STARTS} fresh processes, median and range`,
    `    opened in ${of('openMs')}`,
    `    list of ${RECORDINGS}: first ${of('listMs')}, processor ${of('listCpuMs')}, then ${of('listAgainMs')} (limit 200 ms)`,
    `    decision after ${EVENTS} events: first ${of('decisionMs')}, processor ${of('decisionCpuMs')}, then ${of('decisionAgainMs')} (limit 50 ms)`,
    `    held up afterwards for at most ${of('heldUpMs')}`,
  ].join('\n');
}

/**
 * The script of a fresh process, bundled: a process that did so itself has the bundler's memory to look through with every
 * collection of garbage.
 */
async function bundledStart(): Promise<string> {
  const folder = path.join(projectDir(), 'node_modules', '.cache', 'store-first');
  const bundler = path.join(projectDir(), 'scripts', 'bundle-ts.mjs');
  await outputOf(bundler, path.join(projectDir(), 'tests', 'bench', 'store-first.ts'), folder);
  return path.join(folder, 'script.mjs');
}

async function startAfresh(script: string, dataDir: string): Promise<FreshStart> {
  return JSON.parse(await outputOf(script, dataDir)) as FreshStart;
}

/** What a script says that ends well. */
async function outputOf(script: string, ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  const code = await new Promise((done) => child.on('close', done));
  if (code !== 0) throw new Error(`${script} ended with ${String(code)}`);
  return text;
}

function fill(dataDir: string): void {
  const opened = openSqliteStore(dataDir);
  if (!opened.ok) throw new Error(opened.error.message);
  const store = opened.value;
  store.putAnalysis(decidedAnalysis());
  const adopted = store.trail.adopt('decided', decisions(), { from: 'r.json', by: 'A', atMs: 0 });
  if (!adopted.ok) throw new Error(adopted.error.message);
  store.putCounts('decided', { sequence: EVENTS, ...COUNTS, figures: FIGURES });
  store.close();
  const connected = openDatabase(path.join(dataDir, STORE_FILE));
  if (!connected.ok) throw new Error(connected.error.message);
  const database = connected.value;
  database.transaction(() => {
    for (let i = 0; i < RECORDINGS; i++) {
      const name = `a${i}`;
      putRecordingRow(database, exampleRecording(name));
      putAboutRow(database, recordingIdOf(exampleRecording(name).path), {
        patient: { name: `Patient ${i}`, id: `${i}`, birthDate: null, ageYears: 61, sex: 'F' },
        ...{ durationS: 86_400, startClock: '10:00:00', ecgLeads: 2, lead: 0 },
      });
      putAnalysisRow(database, exampleAnalysis(name));
      const { flagged, decided, needReader } = COUNTS;
      const figures = JSON.stringify(FIGURES);
      database.run('INSERT INTO review_counts VALUES (?, 0, ?, ?, ?, ?)', [
        ...[name, flagged, decided, needReader, figures],
      ]);
    }
  });
  database.close();
}

/** Two hours of flagged segments. */
function decidedAnalysis(): ReturnType<typeof exampleAnalysis> {
  const example = exampleAnalysis('decided');
  const segment = example.result.segments[0]!;
  const segments = Array.from({ length: SEGMENTS }, (_, index) => ({
    ...{ ...segment, index, startS: index * 10, endS: index * 10 + 10 },
  }));
  return { ...example, result: { ...example.result, segments } };
}

/** Decisions on segments and events by two readers, every tenth of which is taken back. */
function decisions(): ReviewEvent[] {
  const events: ReviewEvent[] = [];
  while (events.length < EVENTS) {
    const i = events.length;
    const reader = i % 7 === 0 ? 'Dr B' : 'Dr A';
    const edit = i % 4 === 0 ? onFinding(i) : onSegment(i);
    const event = { atMs: 1_700_000_000_000 + i, reader, edit, before: [], after: [] };
    events.push({ ...event, sequence: i + 1, action: 'edit', modelSha256: 'm' });
    if (i % 10 === 9) {
      events.push({ ...event, sequence: i + 2, action: 'undo', modelSha256: 'm' });
    }
  }
  return events.slice(0, EVENTS);
}

const onSegment = (i: number): ReviewEdit => ({
  kind: 'decide-segments',
  segments: [(i * 7) % SEGMENTS],
  decision: i % 3 === 0 ? 'overrule' : 'agree',
  note: i % 50 === 0 ? 'movement of the electrode' : '',
});

const onFinding = (i: number): ReviewEdit => ({
  kind: 'decide-findings',
  findings: [{ id: `pause-${i % FINDINGS}`, kind: 'pause', startS: i % 80_000, endS: 80_000 }],
  decision: 'confirm',
  note: '',
  rejectedAs: null,
});

const COUNTS = { flagged: 3, decided: 0, needReader: 2 };

const FIGURES: WorklistFigures = {
  rules: [{ rule: 'pause', value: 3.2, open: true }],
  worst: { kind: 'pause', startS: 51_230.25, endS: 51_233.5 },
  longestTachycardia: { beats: 7, rateBpm: 141.5 },
  fastestRunBpm: 162.25,
  longestPauseS: 3.25,
  afS: 1205.5,
  ventricularPerHour: 12.5,
  ventricularShare: 0.0031,
  supraventricularPerHour: 3.25,
  lowestBpm: 41.5,
  highestBpm: 151,
  analysableS: 86_012,
  unreadableShare: 0.0045,
  borderline: 21,
  teaching: { score: 0.4, borderline: 21, unlike: { beats: 12, of: 98_213 }, differing: null },
  events: 41,
  decided: 0,
  reader: null,
};
