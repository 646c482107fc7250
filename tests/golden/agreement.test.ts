/**
 * Viewer, tables, review file, command line, API, rows of a scan and report say one thing of a recording: before anybody
 * read it, and after decisions, corrections, undo and redo.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findingsCommand } from '../../src/cli/commands/findings';
import { createFakeInference } from '../../src/core/analysis/testing/fake-inference';
import { HAS_PDFTOTEXT, textOf } from '../../src/core/report/testing/pdf-text';
import { createService, type Service } from '../../src/core/service';
import { createInlinePool } from '../../src/core/workers/inline-pool';
import type { MethodOutput, RequestContext } from '../../src/shared/contract';
import {
  DEFAULT_FINDING_THRESHOLDS,
  formatCount,
  type Finding,
  type FindingThresholds,
  type Result,
  type ReviewEdit,
} from '../../src/shared/domain';
import { english } from '../../src/shared/words';
import { startServe, type Served } from '../load/start-serve';
import { readCsv } from './interchange/read-csv';
import { sharedData } from './shared-data';
import { valueOf } from '../../src/shared/domain/testing/value-of';
import { ROOT, runFiducial } from '../support/fiducial';

const context: RequestContext = { signal: new AbortController().signal };
/** Parts of these records of MIT-BIH, from a second on: ectopy of every kind, fibrillation, pauses, a fast rate. */
const PARTS = [
  ['208', 0],
  ['119', 300],
  ['201', 0],
  ['223', 1200],
  ['203', 60],
] as const;
const PART_S = 120;
/** Of a reader who does not go by the defaults. */
const THRESHOLDS: FindingThresholds = {
  ...DEFAULT_FINDING_THRESHOLDS,
  pauseS: 1.5,
  bradycardiaBpm: 70,
  tachycardiaBpm: 110,
  afS: 20,
};
const RATE_HZ = 360;

/** As JSON carries it. */
const plain = <T>(of: T): T => JSON.parse(JSON.stringify(of)) as T;

type Found = MethodOutput<'analysis.findings'>;

describe.skipIf(!sharedData)('what is said of a recording', { timeout: 900_000 }, () => {
  let dir: string;
  let service: Service;
  let served: Served;
  const files = new Map<string, string>();
  const analyses = new Map<string, string>();

  /** A part of a record in format 212: three bytes hold the two samples of a frame. */
  function writePart(name: string, startS: number): string {
    const bytes = readFileSync(join(sharedData!, 'mitdb', `${name}.dat`));
    const first = 3 * RATE_HZ * startS;
    writeFileSync(join(dir, `${name}.dat`), bytes.subarray(first, first + 3 * RATE_HZ * PART_S));
    const leads = ['MLII', 'V1'].map((lead) => `${name}.dat 212 200 11 1024 0 0 0 ${lead}`);
    const header = [`${name} 2 ${RATE_HZ} ${RATE_HZ * PART_S}`, ...leads, ''].join('\n');
    writeFileSync(join(dir, `${name}.hea`), header);
    return join(dir, `${name}.hea`);
  }
  /** What `fiducial findings FILE --json` prints, on the same store. */
  async function toldOf(name: string): Promise<string> {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    try {
      await findingsCommand().parseAsync([files.get(name)!, '--json'], { from: 'user' });
      return String(log.mock.calls[0]?.[0]);
    } finally {
      log.mockRestore();
    }
  }
  async function open(home = 'home'): Promise<Service> {
    return valueOf(
      await createService({
        pool: createInlinePool(),
        // Nothing is left to judge: the command line has stored every analysis.
        inference: createFakeInference(() => NaN),
        dataDir: join(dir, home),
        modelsDir: join(ROOT, 'resources/models'),
        host: 'cli',
        version: '0.0.0',
        emit: () => undefined,
      }),
    );
  }
  const found = async (name: string): Promise<Found> =>
    valueOf(
      await service.handlers['analysis.findings']({ analysisId: analyses.get(name)! }, context),
    );
  async function text(made: Promise<Result<{ documentId: string }>>): Promise<string> {
    const { path } = valueOf(await service.document(valueOf(await made).documentId));
    return path.endsWith('.pdf') ? textOf(path) : readFileSync(path, 'utf8');
  }

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'fiducial-agreement-'));
    vi.stubEnv('FIDUCIAL_HOME', join(dir, 'home'));
    for (const [name, startS] of PARTS) files.set(name, writePart(name, startS));
    for (const home of ['home', 'served']) {
      const own = await open(home);
      valueOf(await own.handlers['settings.set']({ findings: THRESHOLDS }, context));
      await own.close();
    }
    // The API alone is asked, which has an engine of its own.
    served = await startServe({ FIDUCIAL_HOME: join(dir, 'served'), FIDUCIAL_LOAD_AHEAD: '0' });
  }, 300_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await served?.stop();
    await service?.close();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  });

  /** Everything that a reader's decisions reach. @param told by `fiducial findings --json` */
  async function expectAgreement(name: string, told: string): Promise<Found> {
    const analysisId = analyses.get(name)!;
    const now = await found(name);
    const wanted = plain(now.findings);
    const { analysableS, counts, heartRate, hours, hrv, leads, thresholds } = plain(now);
    const same = {
      findings: wanted,
      analysableS,
      counts,
      heartRate,
      hours,
      hrv,
      leads,
      thresholds,
    };

    expect(JSON.parse(told)).toMatchObject(same);

    const review = (form: 'review-json' | 'findings-csv' | 'beats-csv'): Promise<string> =>
      text(Promise.resolve(service.handlers['review.export']({ analysisId, form }, context)));
    expect(JSON.parse(await review('review-json'))).toMatchObject(same);
    expect(readCsv(await review('findings-csv'))).toEqual(wanted.map(rowOf));
    const beats = readCsv(await review('beats-csv')).filter((row) => row['counts'] === 'yes');
    for (const letter of ['N', 'S', 'V', 'F', 'Q'] as const)
      expect(beats.filter((row) => row['class'] === letter)).toHaveLength(counts.beats[letter]);

    if (HAS_PDFTOTEXT) {
      const report = service.handlers['report.create'](
        { analysisId, paper: 'A4', identity: true, reader: 'Dr A' },
        context,
      );
      expectReport((await text(Promise.resolve(report))).replaceAll('\u202f', ' '), now);
    }
    return now;
  }

  function rowOf(finding: Finding): Record<string, string> {
    const said = (of: string | number | null | undefined): string => String(of ?? '');
    return {
      id: finding.id,
      kind: finding.kind,
      start_s: said(finding.startS),
      end_s: said(finding.endS),
      duration_s: said(finding.durationS),
      beats: said(finding.beats),
      rate_bpm: said(finding.rateBpm),
      coupling_ms: said(finding.couplingMs),
      probability: said(finding.probability),
      urgent: finding.urgent ? 'yes' : 'no',
      state: finding.state,
      rejected_as: said(finding.rejectedAs),
      note: finding.note,
      reader: said(finding.reader),
      decided_at: finding.decidedAtMs === null ? '' : new Date(finding.decidedAtMs).toISOString(),
      qrs_ms: said(finding.qrsMs),
      blind_answer: '',
      blind_reader: '',
    };
  }

  /** What a scan into a file says of every recording, with what a reader decided. */
  async function scanned(): Promise<{ record: string }[]> {
    const out = join(dir, 'rows.jsonl');
    const home = { FIDUCIAL_HOME: join(dir, 'home') };
    expect((await runFiducial(['scan', dir, '--out', out], { env: home })).code).toBe(0);
    const lines = readFileSync(out, 'utf8').trim().split('\n');
    return lines.map((line) => JSON.parse(line) as { record: string });
  }

  /** Every figure of page 1 under its name. */
  function expectReport(report: string, { counts, findings, heartRate, hrv }: Found): void {
    const { V, S, total } = counts.beats;
    const page = report.split('\f', 1)[0]!;
    const held = (...kinds: Finding['kind'][]): Finding[] =>
      findings.filter(({ kind, state }) => kinds.includes(kind) && state !== 'rejected');
    const number = (count: number): string => (count > 0 ? formatCount(count) : '–');
    const says = (name: string, ...values: string[]): void => {
      // Columns stand apart by more than words do.
      const printed = [
        ...page.matchAll(
          new RegExp(`(?:^|\\s{2,})${name}\\s+(–|\\d{1,3}(?:,\\d{3})*(?:\\.\\d+)?)(?=\\s|$)`, 'gm'),
        ),
      ];
      expect([name, printed.map(([, value]) => value).sort()]).toEqual([name, values.sort()]);
    };
    says('beats', number(V), number(S));
    expect(page).toContain(`${formatCount(total)} beats`);
    if (heartRate) {
      says('mean', String(Math.round(heartRate.meanBpm)));
      // Rounded where that says the same of the limit, which these rates come near to.
      const beside = (bpm: number, limit: number): string => english.numberBeside(bpm, 0, [limit]);
      says('lowest', beside(heartRate.lowest.bpm, THRESHOLDS.bradycardiaBpm));
      says('highest, all beats', beside(heartRate.highest.bpm, THRESHOLDS.tachycardiaBpm));
    }
    says('single', number(held('ventricular-beat').length));
    says('couplets', number(held('ventricular-couplet').length), number(held('sv-couplet').length));
    for (const [name, figure] of [
      ['SDNN', hrv?.sdnnMs],
      ['RMSSD', hrv?.rmssdMs],
    ] as const)
      says(name, typeof figure === 'number' ? String(Math.round(figure)) : '–');
    if (counts.kinds.some(({ rejected }) => rejected > 0)) expect(report).toMatch(/rejected/i);
  }

  it('is one thing before anybody has read it, from the API and a scan too', async () => {
    const told = new Map<string, string>();
    for (const [name] of PARTS) told.set(name, await toldOf(name));
    const rows = await scanned();
    service = await open();
    const kinds = new Set<string>();
    for (const [name] of PARTS) {
      const file = files.get(name)!;
      const { entries } = valueOf(await service.admit([file]));
      const { recordingId } = entries[0]!;
      const started = await service.handlers['analysis.start'](
        { recordingId, modelId: null, lead: null },
        context,
      );
      expect(valueOf(started).state).toBe('done');
      analyses.set(name, valueOf(started).analysisId);
      const now = await expectAgreement(name, told.get(name)!);
      for (const { kind } of now.findings) kinds.add(kind);
      const same = plain({
        findings: now.findings,
        heartRate: now.heartRate,
        analysableS: now.analysableS,
        leads: now.leads,
      });
      expect(rows.find(({ record }) => record === name)).toMatchObject(same);

      const form = new FormData();
      form.append('file', new Blob([readFileSync(file.replace('.hea', '.dat'))]), `${name}.dat`);
      form.append('header', new Blob([readFileSync(file)]), `${name}.hea`);
      const url = `${served.url}/predict?ecg_signal=false`;
      const answer = await (await fetch(url, { method: 'POST', body: form })).json();
      const { counts, hours, thresholds } = plain(now);
      expect(thresholds).toEqual(THRESHOLDS);
      expect(answer).toMatchObject({ ...same, counts, hours, thresholds });
    }
    // Or little would be compared.
    expect([...kinds]).toEqual(expect.arrayContaining(['ventricular-couplet', 'bigeminy', 'af']));
    expect(kinds.size).toBeGreaterThan(6);
  });

  it('is one thing after decisions, corrections, undo and redo', async () => {
    for (const [i, [name]] of PARTS.entries()) {
      const analysisId = analyses.get(name)!;
      const act = async (edit: ReviewEdit): Promise<unknown> =>
        valueOf(
          await service.handlers['review.decide']({ analysisId, edit, reader: 'Dr A' }, context),
        );
      const back = async (redo: boolean): Promise<unknown> =>
        valueOf(
          await service.handlers['review.undo']({ analysisId, redo, reader: 'Dr A' }, context),
        );
      const before = await found(name);
      const every = async (n: number): Promise<Finding[]> => {
        const { findings } = await found(name);
        return findings.filter(({ state }, at) => state === 'open' && at % n === 0);
      };
      const decide = (
        findings: readonly Finding[],
        decision: 'confirm' | 'reject' | 'unsure',
        rejectedAs: 'artefact' | 'aberrant' | null = null,
      ): Promise<unknown> | null =>
        findings.length === 0
          ? null
          : act({
              kind: 'decide-findings',
              findings: [...findings],
              decision,
              note: 'µ, "so"',
              rejectedAs,
            });
      await decide(await every(4), 'confirm');
      await decide(await every(3), 'reject', i % 2 === 0 ? 'artefact' : 'aberrant');
      await decide(await every(2), 'unsure');
      const { timeS } = before.beats;
      const family = { family: 'V a', timesS: [...timeS.slice(20, 30)] };
      await act({ kind: 'relabel-beats', beatClass: 'V', ...family });
      await act({ kind: 'delete-beats', timesS: [...timeS.slice(60, 64)], family: 'V a' });
      await act({ kind: 'add-beat', timeS: timeS[80]! + 0.2, beatClass: 'S' });
      await act({ kind: 'decide-segments', segments: [0, 1], decision: 'unsure', note: 'µ' });
      for (const redo of [false, false, false, true, i % 2 === 0]) await back(redo);
      const after = await expectAgreement(name, await toldOf(name));
      expect(after.counts.beats).not.toEqual(before.counts.beats);
    }
    const rows = await scanned();
    for (const [name] of PARTS) {
      const { findings, heartRate, analysableS } = plain(await found(name));
      const row = rows.find(({ record }) => record === name);
      expect(row).toMatchObject({ findings, heartRate, analysableS });
    }
  });
});
