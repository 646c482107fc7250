import { setTimeout as wait } from 'node:timers/promises';
import { segmentsOfColumns, type AnalysisStatus, type Result } from '../../src/shared/domain';
import { processTree } from '../load/process-tree';
import { alone, putVariant, verdictsOf, type SoakRecord, type Verdicts } from './records';
import type { ViewerClient } from './viewer-client';

/** What was done and seen; everything under `wrong` must stay empty. */
export interface Tally {
  readonly counts: Record<string, number>;
  readonly wrong: string[];
}

/** A decision that was sent: acknowledged, or broken off so that nobody knows. */
interface Sent {
  readonly analysisId: string;
  readonly note: string;
  acknowledged: boolean;
}

export interface Soak {
  readonly root: string;
  readonly records: readonly SoakRecord[];
  readonly tally: Tally;
  readonly random: () => number;
  /** The server that is up now. */
  viewer: ViewerClient;
  restarting: Promise<void>;
  readonly restart: () => Promise<void>;
  readonly sent: Sent[];
  readonly ids: Map<string, string>;
}

const count = ({ counts }: Tally, what: string): void =>
  void (counts[what] = (counts[what] ?? 0) + 1);
const PATIENCE_MS = 120_000;

/** Asks until somebody answers: servers and engines are killed in between. Only for what may be asked twice. */
async function ask<T>(soak: Soak, work: (viewer: ViewerClient) => Promise<Result<T>>): Promise<T> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    let last: string;
    await soak.restarting;
    try {
      const answer = await work(soak.viewer);
      if (answer.ok) return answer.value;
      last = `${answer.error.code}: ${answer.error.message}`;
      if (!['busy', 'cancelled', 'conflict', 'inference-failed'].includes(answer.error.code)) {
        throw new Error(last);
      }
      count(soak.tally, `told ${answer.error.code}`);
    } catch (error) {
      last = (error as Error).message;
      if (!/fetch failed|terminated|aborted|socket|ECONN|answered: 5/i.test(last)) throw error;
    }
    if (Date.now() > until) throw new Error(`No answer for two minutes: ${last}`);
    await wait(100);
  }
}

async function analysed(soak: Soak, record: SoakRecord): Promise<AnalysisStatus> {
  const recordingId = soak.ids.get(record.name)!;
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until) {
    await ask(soak, (viewer) => viewer.call('recordings.open', { recordingId }));
    let status = await ask(soak, (viewer) =>
      viewer.call('analysis.start', { recordingId, modelId: null, lead: null }),
    );
    while (status.state === 'queued' || status.state === 'running') {
      await wait(50);
      const { analysisId } = status;
      const next = await ask<AnalysisStatus | null>(soak, async (viewer) => {
        const now = await viewer.call('analysis.status', { analysisId });
        // A new engine may not know an analysis that its predecessor ran: it is started again.
        return !now.ok && now.error.code === 'not-found' ? { ok: true, value: null } : now;
      });
      if (next === null) break;
      status = next;
    }
    if (status.state === 'done') return status;
    count(soak.tally, `analysis ${status.state}`);
  }
  throw new Error(`${record.name} was not analysed within two minutes`);
}

const same = (a: Verdicts, b: Verdicts): boolean =>
  a.length === b.length && a.every((v, i) => v === b[i]);

async function checkVerdicts(
  soak: Soak,
  record: SoakRecord,
  allowed: readonly number[],
): Promise<string> {
  const { analysisId } = await analysed(soak, record);
  const { segments } = await ask(soak, (viewer) =>
    viewer.call('analysis.segments', { analysisId }),
  );
  const found = verdictsOf(segmentsOfColumns(segments));
  count(soak.tally, 'analyses compared');
  if (!allowed.some((variant) => same(found, record.variants[variant]!.verdicts))) {
    soak.tally.wrong.push(`${record.name}: verdicts of no state that its files had`);
  }
  return analysisId;
}

/** Everything that a run does, by name; each picks what it works on. */
export const ACTIONS: Readonly<Record<string, (soak: Soak, record: SoakRecord) => Promise<void>>> =
  {
    analyse: (soak, record) =>
      alone(record, async () => void (await checkVerdicts(soak, record, [record.now]))),

    'change while analysing': (soak, record) =>
      alone(record, async () => {
        const before = record.now;
        const found = checkVerdicts(soak, record, [before, 1 - before]);
        await wait(400 * soak.random());
        await putVariant(soak.root, record, 1 - before);
        count(soak.tally, 'files changed');
        await found;
        await checkVerdicts(soak, record, [record.now]);
      }),

    tile: (soak, record) =>
      alone(record, async () => {
        const recordingId = soak.ids.get(record.name)!;
        const { leads } = await ask(soak, (viewer) =>
          viewer.call('traces.tile', {
            ...{ recordingId, leads: [0], startS: 0, endS: 1, widthPx: 2000, filter: 'raw' },
          }),
        );
        const wanted = record.variants[record.now]!.firstSecond;
        const shown = leads[0]!.values.subarray(0, wanted.length);
        count(soak.tally, 'tiles compared');
        if (shown.length < wanted.length || shown.some((v, i) => Math.abs(v - wanted[i]!) > 1e-5)) {
          soak.tally.wrong.push(`${record.name}: a tile of another state`);
        }
      }),

    decide: (soak, record) =>
      alone(record, async () => {
        const { analysisId } = await analysed(soak, record);
        const sent: Sent = { analysisId, note: `note ${soak.sent.length}`, acknowledged: false };
        soak.sent.push(sent);
        await soak.restarting;
        const edit = {
          ...{ kind: 'decide-segments' as const, segments: [Math.floor(11 * soak.random())] },
          ...{ decision: 'agree' as const, note: sent.note },
        };
        try {
          const answer = await soak.viewer.call('review.decide', {
            analysisId,
            edit,
            reader: 'soak',
          });
          if (answer.ok) sent.acknowledged = true;
          else count(soak.tally, `decision told ${answer.error.code}`);
        } catch {
          count(soak.tally, 'decisions broken off');
        }
        count(soak.tally, 'decisions sent');
      }),

    scan: async (soak) => {
      // Of one server: another one has to be shown the folder again.
      const { scanId } = await ask(soak, async (viewer) => {
        const picked = await viewer.pick();
        if (!picked.ok) return picked;
        return viewer.call('scan.start', { sourceIds: picked.value.sourceIds, modelId: null });
      });
      for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await wait(100)) {
        const rows = await ask(soak, async (viewer) => {
          const now = await viewer.call('scan.rows', { scanId, from: 0 });
          // A scan ends with its server.
          return !now.ok && now.error.code === 'not-found'
            ? { ok: true as const, value: { rows: [], done: true } }
            : now;
        });
        if (!rows.done) continue;
        for (const row of rows.rows) {
          const record = soak.records.find(({ name }) => name === row.record);
          if (!record || row.error) continue;
          count(soak.tally, 'rows compared');
          const found = verdictsOf(row.segments);
          if (!record.variants.some(({ verdicts }) => same(found, verdicts))) {
            soak.tally.wrong.push(`${record.name}: a row of no state that its files had`);
          }
        }
        return;
      }
      soak.tally.wrong.push('a scan did not end within two minutes');
    },

    predict: async (soak, record) => {
      const { header, signal, verdicts } = record.variants[record.now]!;
      const form = new FormData();
      form.append('header', new Blob([new Uint8Array(header)]), `${record.name}.hea`);
      form.append('file', new Blob([new Uint8Array(signal)]), `${record.name}.dat`);
      await soak.restarting;
      try {
        const answer = await fetch(`${soak.viewer.url}/predict?ecg_signal=false`, {
          method: 'POST',
          body: form,
        });
        if (answer.status !== 200) return count(soak.tally, `predict told ${answer.status}`);
        const { segments } = (await answer.json()) as {
          segments: Parameters<typeof verdictsOf>[0];
        };
        count(soak.tally, 'predictions compared');
        if (!same(verdictsOf(segments), verdicts))
          soak.tally.wrong.push(`${record.name}: a prediction`);
      } catch {
        count(soak.tally, 'predictions broken off');
      }
    },

    kill: async (soak) => {
      await soak.restarting;
      if (soak.random() < 0.3) {
        await soak.restart();
        return count(soak.tally, 'servers killed');
      }
      const server = soak.viewer.child.pid!;
      // Numbers begin anew at the largest: the server's may be greater than its children's.
      const below = (processTree(server) ?? []).filter(({ pid }) => pid !== server);
      const victim = below[Math.floor(soak.random() * below.length)];
      if (!victim) return;
      try {
        process.kill(victim.pid, 'SIGKILL');
        count(soak.tally, `killed ${victim.name}`);
      } catch {
        // It has ended meanwhile.
      }
    },
  };

/** Every acknowledged decision is in the trail once, and none twice. */
export async function checkTrail(soak: Soak): Promise<void> {
  const notes = new Map<string, number>();
  for (const analysisId of new Set(soak.sent.map((one) => one.analysisId))) {
    const { events } = await ask(soak, (viewer) => viewer.call('review.history', { analysisId }));
    for (const { edit } of events) {
      if (edit.kind !== 'decide-segments') continue;
      const key = `${analysisId} ${edit.note}`;
      notes.set(key, (notes.get(key) ?? 0) + 1);
    }
  }
  for (const { analysisId, note, acknowledged } of soak.sent) {
    const times = notes.get(`${analysisId} ${note}`) ?? 0;
    if (acknowledged && times === 0)
      soak.tally.wrong.push(`${note}: an acknowledged decision is lost`);
    if (times > 1) soak.tally.wrong.push(`${note}: a decision is there ${times} times`);
    count(
      soak.tally,
      acknowledged
        ? 'decisions acknowledged and found'
        : `decisions unanswered, there ${times} times`,
    );
  }
}
