import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createNodeHost } from '../../src/core/processes/node-host';
import { projectDir } from '../../src/core/processes/entries';
import { timed } from './measure';

const BUDGET_MS = 50;
const TILES = 200;
/** Between one answer and the next request: a reader who scrolls. */
const PAUSE_MS = 20;
const WINDOW_S = 10;

/**
 * Tiles of ten seconds, two leads, as a reader asks for who leafs through a recording while it is analysed: through
 * the engine in its own process, with the inference process at work.
 */
export async function benchTiles(dir: string, record: string, seconds: number): Promise<string> {
  const dataDir = await mkdtemp(path.join(dir, 'tiles-'));
  const host = createNodeHost({
    host: 'browser',
    version: 'bench',
    dataDir,
    modelsDir: path.join(projectDir(), 'resources', 'models'),
    demoPath: path.join(projectDir(), 'resources', 'demo', 'demo.hea'),
  });
  try {
    const admitted = await host.admit([record]);
    if (!admitted.ok) throw new Error(admitted.error.message);
    const { recordingId } = admitted.value.entries[0]!;
    const opened = await host.client.call('recordings.open', { recordingId });
    if (!opened.ok) throw new Error(opened.error.message);
    const tile = async (filter: 'raw' | 'model'): Promise<void> => {
      const startS = Math.floor(Math.random() * (seconds - WINDOW_S));
      const answer = await host.client.call('traces.tile', {
        recordingId,
        leads: [0, 1],
        startS,
        endS: startS + WINDOW_S,
        widthPx: 1200,
        filter,
      });
      if (!answer.ok) throw new Error(answer.error.message);
    };
    for (let i = 0; i < 20; i++) await tile(i % 2 === 0 ? 'raw' : 'model');
    const times: Record<'idle' | 'analysing', number[]> = { idle: [], analysing: [] };
    for (let i = 0; i < TILES / 4; i++) {
      times.idle.push(await timed(() => tile(i % 4 === 0 ? 'model' : 'raw')));
      await wait(PAUSE_MS);
    }
    const started = await host.client.call('analysis.start', {
      recordingId,
      modelId: 'attention-cnn',
      lead: null,
    });
    if (!started.ok) throw new Error(started.error.message);
    const { analysisId } = started.value;
    let state: string = started.value.state;
    while (times.analysing.length < TILES && (state === 'queued' || state === 'running')) {
      times.analysing.push(await timed(() => tile(times.analysing.length % 4 ? 'raw' : 'model')));
      await wait(PAUSE_MS);
      const status = await host.client.call('analysis.status', { analysisId });
      if (!status.ok) throw new Error(status.error.message);
      state = status.value.state;
    }
    await host.client.call('analysis.cancel', { analysisId });
    const p95 = (values: number[]): number =>
      values.sort((a, b) => a - b)[Math.floor(0.95 * values.length)] ?? NaN;
    const ms = p95(times.analysing);
    return `tiles of 10 s during an analysis with attention-cnn (${times.analysing.length} of them)\n    Fiducial 95 % within ${ms.toFixed(0)} ms (${p95(times.idle).toFixed(0)} ms with nothing else to do); budget ${BUDGET_MS} ms: ${ms <= BUDGET_MS ? 'met' : 'NOT MET'}`;
  } finally {
    await host.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
