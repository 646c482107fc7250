/**
 * What the core says of an input that went wrong once, said by the built command line and over HTTP as well: one process
 * of each for all of them. Needs `npm run build`; skipped without.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  analyseRecord,
  OUR_SETTINGS,
  recordingReport,
  recordVerdict,
} from '../../src/core/workbench';
import { createModels } from '../../src/core/analysis/models';
import { openRecording } from '../../src/core/formats/list';
import { createDirectInference } from '../../src/core/inference/testing/direct-inference';
import { openAnnotated } from '../../src/core/recordings/open-annotated';
import { createRecordingCache } from '../../src/core/recordings/recording-cache';
import { createInlinePool } from '../../src/core/workers/inline-pool';
import type { ScanRow } from '../../src/core/scan/scan-row';
import type { RecordingInfo, Segment } from '../../src/shared/domain';
import { valueOf } from '../../src/shared/domain/testing/value-of';
import { startViewer, type ViewerClient } from '../soak/viewer-client';
import { IS_BUILT, ROOT, runFiducial, type Ended } from '../support/fiducial';
import {
  AGES,
  annotation,
  ECG_LEADS,
  HEADERS,
  MISSING_PARTS,
  NO_RECORDINGS,
  OF_THREE,
  samples,
  SIGNAL,
  STARTS,
  TOO_SHORT_S,
  underHeader,
  UNITS,
  type Files,
} from './more-inputs';

/** Notes at the first sample that give codes a mnemonic of the file's own (annot(5)). */
const notes = (...lines: readonly string[]): number[] =>
  ['## annotation type definitions', ...lines, '## end of definitions'].flatMap((line) =>
    annotation(22, 0, line),
  );
const beats = (...codes: readonly number[]): number[] =>
  codes.flatMap((code) => annotation(code, 100));
const annotated = (...parts: readonly number[][]): Files => ({
  ...underHeader(`r 1 100 2000\n${SIGNAL}\n`),
  'r.atr': Uint8Array.from([...parts.flat(), 0, 0]),
});

const input = (name: string, files: Files): [string, Files] => [name, files];

/** Folders, each with one recording: `r.hea`, or `m.hea` over segments. */
const INPUTS: Readonly<Record<string, Files>> = Object.fromEntries<Files>([
  ...AGES.map(([comment], i) =>
    input(`age-${i}`, underHeader(`r 1 100 2000\n${SIGNAL}\n# ${comment}\n`)),
  ),
  ...HEADERS.map(([, header], i) => input(`header-${i}`, underHeader(header))),
  ...STARTS.map(([start], i) =>
    input(`start-${i}`, underHeader(`r 1 100 2000 ${start}\n${SIGNAL}\n`)),
  ),
  ...UNITS.map(([unit, perMv]) =>
    input(
      `unit-${unit}`,
      underHeader(`r 1 100 2000\nr.dat 16 ${1000 / perMv}/${unit} 16 0 0 0 0 II\n`),
    ),
  ),
  ...ECG_LEADS.map(([names], i) => {
    const lines = names.map((name) => `r.dat 16 1000/mV 16 0 0 0 0 ${name}`);
    return input(`leads-${i}`, {
      'r.dat': samples(20, 100, 1000, names.length),
      'r.hea': [`r ${names.length} 100 2000`, ...lines, ''].join('\n'),
    });
  }),
  ...TOO_SHORT_S.map((seconds) =>
    input(`short-${seconds}`, {
      'r.dat': samples(seconds, 100),
      'r.hea': `r 1 100 ${100 * seconds}\n${SIGNAL}\n`,
    }),
  ),
  ...MISSING_PARTS.map(([, files], i) => input(`missing-${i}`, { ...files, 'm.hea': OF_THREE })),
  input('own-swapped', annotated(notes('1 v pvc', '5 n normal'), beats(1, 1, 5, 1))),
  input('own-added', annotated(notes('42 ECT ectopic'), beats(1, 42, 1))),
  input('own-unused', annotated(notes('5 x other'), beats(1, 1, 1))),
]);
const SWAPPED = /r\.atr has mnemonics of its own/;

/** What a door says of the file, and what it says was found; in words and numbers that all doors have. */
interface About {
  readonly durationS: number;
  readonly leads: readonly string[];
  readonly ageYears: number | null;
  readonly startClock: string | null;
  readonly warnings: readonly string[];
}
interface Found {
  readonly verdict: string;
  readonly lead: string | null;
  readonly segments: readonly string[];
}

const about = (
  info: Pick<RecordingInfo, 'durationS' | 'patient' | 'startClock'> & {
    readonly leads: readonly Pick<RecordingInfo['leads'][number], 'name' | 'units' | 'isEcg'>[];
    readonly warnings: readonly { readonly message: string }[];
  },
): About => ({
  durationS: info.durationS,
  leads: info.leads.map(({ name, units, isEcg }) => `${name} ${units} ${isEcg ? 'ECG' : ''}`),
  ageYears: info.patient.ageYears,
  startClock: info.startClock,
  warnings: info.warnings.map(({ message }) => message).sort(),
});
const found = (
  lead: string | null,
  segments: readonly Pick<Segment, 'startS' | 'endS' | 'verdict' | 'probability' | 'reason'>[],
): Found => ({
  // Batches of another size round differently.
  ...{ lead, verdict: recordVerdict(segments as readonly Segment[]).verdict },
  segments: segments.map(
    ({ startS, endS, verdict, probability, reason }) =>
      `${startS}-${endS} ${verdict} ${probability?.toFixed(3) ?? ''} ${reason ?? ''}`,
  ),
});

describe.skipIf(!IS_BUILT)('every door', { timeout: 120_000 }, () => {
  let dir: string;
  let viewer: ViewerClient;
  const pathOf = (name: string): string =>
    path.join(dir, 'in', name, name.startsWith('missing-') ? 'm.hea' : 'r.hea');
  const names = Object.keys(INPUTS);
  const core = new Map<string, { about: About; found: Found }>();
  let rows: Map<string, ScanRow>;
  let told: Map<string, About>;
  let refused: Ended;
  const fiducial = (...args: string[]): Promise<Ended> =>
    runFiducial(args, { env: { FIDUCIAL_HOME: path.join(dir, 'home'), FIDUCIAL_DEVICE: 'cpu' } });

  const predict = (parts: Files, as = 'r.dat'): Promise<Response> => {
    const form = new FormData();
    for (const [field, content] of Object.entries(parts))
      form.append(
        field,
        new Blob([new Uint8Array(Buffer.from(content))]),
        field === 'file' ? as : 'r.hea',
      );
    const headers = { cookie: viewer.cookie };
    return fetch(`${viewer.url}/predict?ecg_signal=false`, { method: 'POST', body: form, headers });
  };

  beforeAll(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'fiducial-doors-'));
    for (const [name, files] of Object.entries(INPUTS))
      for (const [file, content] of Object.entries(files)) {
        await mkdir(path.join(dir, 'in', name), { recursive: true });
        await writeFile(path.join(dir, 'in', name, file), content);
      }
    await mkdir(path.join(dir, 'none'));
    for (const [name, content] of NO_RECORDINGS)
      await writeFile(path.join(dir, 'none', name), content);
    viewer = await startViewer(['--quiet', '--root', path.join(dir, 'in')], {
      ...{ FIDUCIAL_HOME: path.join(dir, 'served'), FIDUCIAL_DEVICE: 'cpu' },
      FIDUCIAL_LOAD_AHEAD: '0',
    });

    const out = path.join(dir, 'rows.jsonl');
    await fiducial('scan', path.join(dir, 'in'), '--out', out, '--no-store');
    const lines = (await readFile(out, 'utf8')).trim().split('\n');
    rows = new Map(
      lines.map((line) => {
        const row = JSON.parse(line) as ScanRow;
        return [path.basename(path.dirname(row.path)), row];
      }),
    );
    const infos = await fiducial('info', '--json', ...names.map(pathOf));
    const reports = JSON.parse(infos.stdout) as (RecordingInfo & { path: string })[];
    told = new Map(
      reports.map((report) => [path.basename(path.dirname(report.path)), about(report)]),
    );
    refused = await fiducial(
      ...['scan', ...NO_RECORDINGS.map(([name]) => path.join(dir, 'none', name))],
      ...['--out', path.join(dir, 'none.jsonl'), '--no-store'],
    );

    const models = createModels(path.join(ROOT, 'resources/models'), () => null);
    const bench = {
      ...{ model: valueOf(await models.find(null)), lead: null, pool: createInlinePool() },
      ...{ inference: createDirectInference(), recordings: createRecordingCache(openRecording) },
      ...{ settings: () => OUR_SETTINGS, signal: new AbortController().signal },
    };
    for (const name of names) {
      const report = valueOf(await recordingReport(pathOf(name)));
      const { plan, findings } = valueOf(await analyseRecord({ ...bench, path: pathOf(name) }));
      core.set(name, {
        about: about(report),
        found: found(plan.lead?.name ?? null, findings.segments),
      });
    }
    await bench.inference.close();
    await bench.recordings.close();
  }, 120_000);
  afterAll(async () => {
    await viewer?.end();
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  });

  it('of the command line says of each file and of what was found what the core says', () => {
    expect([...rows.keys()].sort()).toEqual([...names].sort());
    for (const name of names) {
      const row = rows.get(name)!;
      expect([name, told.get(name)]).toEqual([name, core.get(name)!.about]);
      expect([name, found(row.lead, row.segments)]).toEqual([name, core.get(name)!.found]);
      expect(row.warnings.map(({ message }) => message).sort()).toEqual(
        expect.arrayContaining([...core.get(name)!.about.warnings]),
      );
    }
  });

  it('of HTTP says the same: the viewer of each file', async () => {
    const { entries } = valueOf(await viewer.pick());
    expect(entries).toHaveLength(names.length);
    for (const { recordingId, folder } of entries) {
      const name = path.basename(folder);
      const info = valueOf(await viewer.call('recordings.open', { recordingId }));
      expect([name, about(info)]).toEqual([name, core.get(name)!.about]);
    }
  });

  it('of HTTP says the same: the API of what was found', async () => {
    for (const name of names.filter((one) => !one.startsWith('missing-'))) {
      const { 'r.dat': signal, 'r.hea': header } = INPUTS[name]!;
      const answer = await predict({ file: signal!, header: header! });
      const body = (await answer.json()) as { lead: string | null; segments: Segment[] };
      expect([name, answer.status]).toEqual([name, 200]);
      // It names the lead that is shown as well where a model reads several.
      const { lead } = core.get(name)!.found;
      expect([name, found(lead, body.segments)]).toEqual([name, core.get(name)!.found]);
      const [leads, index] = ECG_LEADS[Number(/^leads-(\d)/.exec(name)?.[1])] ?? [['II'], 0];
      expect([name, body.lead]).toEqual([name, leads[index]]);
    }
  });

  it('calls what is too short too short, and nothing of it missing', () => {
    for (const seconds of TOO_SHORT_S) {
      const { verdict, segments } = core.get(`short-${seconds}`)!.found;
      expect(verdict).toBe('Unreadable');
      expect(segments.join()).toContain('recording shorter than a segment');
    }
  });

  it('shows mnemonics of a file’s own as they are, and warns where they hide a standard one', async () => {
    const warned = names.filter((name) => SWAPPED.test(core.get(name)!.about.warnings.join()));
    expect(warned).toEqual(['own-swapped']);
    const { entries } = valueOf(await viewer.call('recordings.list', {}));
    const symbols: Record<string, string[]> = {};
    for (const { recordingId, folder } of entries) {
      const name = path.basename(folder);
      if (!name.startsWith('own-')) continue;
      const read = await viewer.call('annotations.read', { recordingId, annotator: 'atr' });
      symbols[name] = valueOf(read).symbol;
    }
    expect(symbols).toEqual({
      'own-swapped': ['v', 'v', 'n', 'v'],
      'own-added': ['N', 'ECT', 'N'],
      'own-unused': ['N', 'N', 'N'],
    });
  });

  it('compares with no reference whose mnemonics are its own', async () => {
    const { code, stderr } = await fiducial('evaluate', path.dirname(pathOf('own-swapped')));
    expect(code).toBe(1);
    expect(stderr).toMatch(SWAPPED);
    expect((await openAnnotated(pathOf('own-swapped'), 'atr')).ok).toBe(false);
    const used = valueOf(await openAnnotated(pathOf('own-unused'), 'atr'));
    await used.recording.close();
  });

  it('refuses what is no recording, by name', async () => {
    expect(refused.code).toBe(1);
    for (const [name, content] of NO_RECORDINGS) {
      expect(refused.stderr).toContain(name);
      const answer = await predict({ file: content }, name);
      expect([name, answer.status]).toEqual([
        name,
        expect.toSatisfy((is) => is >= 400 && is < 500),
      ]);
      expect(await answer.text()).not.toMatch(/Abnormal|Normal/);
    }
  });
});
