/**
 * Every file of a recording is changed, grown, cut, swapped and removed at every step of open, tile, analyse and report.
 * What is answered after that is what somebody says who has never seen the recording before, or a refusal: never what
 * belongs to another state of its files.
 */
import { existsSync } from 'node:fs';
import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeInference } from '../../src/core/analysis/testing/fake-inference';
import { writeAnnotationFile } from '../../src/core/beats/write-annotation-file';
import { encodeEdf } from '../../src/core/formats/edf/testing/encode-edf';
import { writeTestModel } from '../../src/core/inference/testing/model-fixture';
import { pulses } from '../../src/core/recordings/testing/write-record';
import { openSqliteStore } from '../../src/core/review/store/sqlite-store';
import { createService, type Service } from '../../src/core/service';
import { createInlinePool } from '../../src/core/workers/inline-pool';
import type { Pool } from '../../src/core/workers/types';
import type { RequestContext } from '../../src/shared/contract';
import { HAS_PDFTOTEXT, textOf } from '../../src/core/report/testing/pdf-text';
import type { Result } from '../../src/shared/domain';
import { valueOf } from '../../src/shared/domain/testing/value-of';

const RATE_HZ = 100;
const SECONDS = 20;

interface Kind {
  readonly main: string;
  readonly annotator?: string;
  readonly files: readonly string[];
  make(folder: string, seed: number): Promise<void>;
}

const wave = (seed: number) => (t: number) => (seed === 0 ? pulses(t) : -0.8 * pulses(t + 0.3));

function signal(seed: number, seconds = SECONDS): Buffer {
  const samples = Int16Array.from({ length: seconds * RATE_HZ }, (_, i) =>
    Math.round(1000 * wave(seed)(i / RATE_HZ)),
  );
  return Buffer.from(samples.buffer);
}

const header = (
  name: string,
  signals: readonly (readonly [string, string])[],
  gain: number,
  seconds = SECONDS,
) =>
  [
    `${name} ${signals.length} ${RATE_HZ} ${seconds * RATE_HZ}`,
    ...signals.map(([file, lead]) => `${file} 16 ${gain}(0)/mV 16 0 0 0 0 ${lead}`),
    '',
  ].join('\n');
const gainOf = (seed: number): number => (seed === 0 ? 1000 : 800);

const KINDS: Readonly<Record<string, Kind>> = {
  'of two signal files and annotations': {
    main: 'r.hea',
    files: ['r.hea', 'a.dat', 'b.dat', 'r.atr'],
    async make(folder, seed) {
      const signals = [
        ['a.dat', 'MLII'],
        ['b.dat', 'V1'],
      ] as const;
      await writeFile(join(folder, 'r.hea'), header('r', signals, gainOf(seed)));
      await writeFile(join(folder, 'a.dat'), signal(seed));
      await writeFile(join(folder, 'b.dat'), signal(1 - seed));
      await annotations(folder, seed);
    },
  },
  'of two segments': {
    main: 'm.hea',
    files: ['m.hea', 's1.hea', 's1.dat', 's2.hea', 's2.dat'],
    async make(folder, seed) {
      const frames = (SECONDS / 2) * RATE_HZ;
      const segments = seed === 0 ? ['s1', 's2'] : ['s2', 's1'];
      const master = [
        `m/2 1 ${RATE_HZ} ${2 * frames}`,
        ...segments.map((s) => `${s} ${frames}`),
        '',
      ];
      await writeFile(join(folder, 'm.hea'), master.join('\n'));
      for (const [k, name] of ['s1', 's2'].entries()) {
        const text = header(name, [[`${name}.dat`, 'MLII']], gainOf(seed), SECONDS / 2);
        await writeFile(join(folder, `${name}.hea`), text);
        await writeFile(join(folder, `${name}.dat`), signal((k + seed) % 2, SECONDS / 2));
      }
    },
  },
  'in one file of EDF': {
    main: 'e.edf',
    files: ['e.edf'],
    async make(folder, seed) {
      const records = Array.from({ length: SECONDS }, (_, s) =>
        Array.from({ length: RATE_HZ }, (__, i) => Math.round(1e4 * wave(seed)(s + i / RATE_HZ))),
      );
      const patient = seed === 0 ? 'X X X X' : 'Y Y Y Y';
      const bytes = encodeEdf({ patient, signals: [{ label: 'ECG II', records }] });
      await writeFile(join(folder, 'e.edf'), bytes);
    },
  },
  'in one table, with annotations in text': {
    main: 't.csv',
    annotator: 'annotations',
    files: ['t.csv', 't_annotations.txt'],
    async make(folder, seed) {
      const rows = Array.from(
        { length: SECONDS * RATE_HZ },
        (_, i) => `${(i / RATE_HZ).toFixed(2)},${wave(seed)(i / RATE_HZ).toFixed(4)}`,
      );
      await writeFile(join(folder, 't.csv'), ['time [s],II [mV]', ...rows, ''].join('\n'));
      const marks = Array.from(
        { length: SECONDS },
        (_, s) => `0:${s} ${100 * s} ${'NV'[seed]} 0 0 0`,
      );
      const head = 'Time Sample # Type Sub Chan Num';
      await writeFile(join(folder, 't_annotations.txt'), [head, ...marks, ''].join('\n'));
    },
  },
};

async function annotations(folder: string, seed: number): Promise<void> {
  const symbol = seed === 0 ? 'N' : 'V';
  const marks = Array.from({ length: SECONDS }, (_, s) => ({
    ...{ sample: s * RATE_HZ + 50, symbol, subtype: 0, chan: 0, num: 0, aux: '' },
  }));
  await writeAnnotationFile(marks, {
    ...{ directory: folder, record: 'r', annotator: 'atr', timeResolutionHz: null },
    overwrite: true,
  });
}

/** What may become of a file; `other` is a folder with a recording of the same build and other contents. */
const CHANGES: Readonly<Record<string, (file: string, other: string) => Promise<void>>> = {
  async changed(file, other) {
    await writeFile(file, await readFile(other));
  },
  async grown(file, other) {
    await appendFile(file, (await readFile(other)).subarray(-2000));
  },
  async cut(file) {
    await truncate(file, (await readFile(file)).length >> 1);
  },
  async swapped(file, other) {
    await writeFile(`${file}.new`, await readFile(other));
    await rename(`${file}.new`, file);
  },
  removed: (file) => rm(file),
};

/** Steps before or within which files change: the name of a task of the pool is that of what it works at. */
const MOMENTS = [
  'opened',
  'tile',
  'tile seen',
  'hash',
  'segments',
  'analysed',
  'report',
  'reported',
] as const;
type Moment = (typeof MOMENTS)[number];
const TASKS: Partial<Record<Moment, RegExp>> = {
  ...{ tile: /^tile$/, hash: /^hash$/, segments: /windows/, report: /^report$/ },
};

let dir: string;
let other: string;
let pristine: string;
beforeAll(async () => {
  // In memory where there is such a place: every case has a store of its own.
  const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  dir = await mkdtemp(join(base, 'fiducial-changed-files-'));
  await writeTestModel(join(dir, 'models'));
  [pristine, other] = [join(dir, 'pristine'), join(dir, 'other')];
  for (const [seed, folder] of [pristine, other].entries()) {
    for (const [name, { make }] of Object.entries(KINDS)) {
      await mkdir(join(folder, name), { recursive: true });
      await make(join(folder, name), seed);
    }
  }
  // Every case begins with a store that nothing is in: to copy one is less work than to make it.
  valueOf(openSqliteStore(join(dir, 'empty'))).close();
});
afterAll(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));

let folders = 0;
async function folderOf(source: string): Promise<string> {
  const folder = join(dir, `f${folders++}`, 'r');
  await cp(source, folder, { recursive: true });
  return folder;
}

/** A host of its own, on a store of its own. */
async function serve(pool: Pool): Promise<Service> {
  const dataDir = join(dir, `data${folders++}`);
  // A closed store holds everything in its one file; what SQLite had beside it may still be going.
  const filter = (file: string): boolean => !/-(shm|wal)$/.test(file);
  await cp(join(dir, 'empty'), dataDir, { recursive: true, filter });
  const service = await createService({
    ...{ pool, dataDir, modelsDir: join(dir, 'models') },
    inference: createFakeInference(
      (row) => 0.5 + 0.4 * Math.tanh(row.reduce((a, v, i) => a + v * (i % 7), 0)),
    ),
    ...{ host: 'cli', version: '0.0.0', emit: () => undefined },
  });
  if (!service.ok) throw new Error(service.error.message);
  return service.value;
}

/** Asks what a page asks of a recording. What is an answer is put into words that can be compared. */
function asker({ handlers, document }: Service, recordingId: string, { annotator = 'atr' }: Kind) {
  const context: RequestContext = { signal: new AbortController().signal };
  const said = <T>({ ...answer }: Result<T>, words: (value: T) => unknown): unknown =>
    answer.ok ? words(answer.value) : null;
  return {
    open: async () =>
      said(
        await handlers['recordings.open']({ recordingId }, context),
        ({ leads, durationS, warnings, patient }) =>
          JSON.stringify({ leads, durationS, warnings, patient }),
      ),
    tile: async () =>
      said(
        await handlers['traces.tile'](
          { recordingId, leads: [0], startS: 0, endS: SECONDS, widthPx: 4000, filter: 'raw' },
          context,
        ),
        ({ leads }) => leads[0]!.values.join(),
      ),
    annotations: async () =>
      said(
        await handlers['annotations.read']({ recordingId, annotator }, context),
        ({ symbol, timeS }) => JSON.stringify([symbol, [...timeS]]),
      ),
    analysisId: async (): Promise<string | null> => {
      const service = { recordingId, modelId: 'test-model', lead: null };
      const started = await handlers['analysis.start'](service, context);
      if (!started.ok) return null;
      const { analysisId } = started.value;
      for (;;) {
        const status = await handlers['analysis.status']({ analysisId }, context);
        if (!status.ok) return null;
        const { state } = status.value;
        if (state !== 'queued' && state !== 'running') return state === 'done' ? analysisId : null;
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    },
    segments: async (analysisId: string) =>
      said(await handlers['analysis.segments']({ analysisId }, context), ({ segments }) =>
        JSON.stringify(segments),
      ),
    evidence: async (analysisId: string) =>
      said(await handlers['analysis.explain']({ analysisId, segment: 0 }, context), (overlay) =>
        JSON.stringify(overlay),
      ),
    draft: async (analysisId: string) =>
      said(
        await handlers['report.draft']({ analysisId }, context),
        ({ sentences, words, identity }) => JSON.stringify({ sentences, words, identity }),
      ),
    report: async (analysisId: string): Promise<string | null> => {
      const wish = { analysisId, paper: 'A4' as const, identity: true, reader: '' };
      const made = await handlers['report.create'](wish, context);
      if (!made.ok) return null;
      if (!HAS_PDFTOTEXT) return 'made';
      const { path } = valueOf(await document(made.value.documentId));
      // When it was written is another time each time.
      return textOf(path).replaceAll(/Written \w+ \d+ \w+ \d+,\s+\d+:\d+/g, '');
    },
    written: async (analysisId: string) =>
      said(await handlers['annotations.write']({ analysisId }, context), () => 'made'),
  };
}
type Asker = ReturnType<typeof asker>;

/** The report of a recording that nobody touches, once for each kind. */
const reported = new Map<string, Promise<string | null>>();
function reportOf(name: string): Promise<string | null> {
  const known = reported.get(name);
  if (known) return known;
  const made = (async () => {
    const kind = KINDS[name]!;
    const copy = await folderOf(join(pristine, name));
    const service = await serve(createInlinePool());
    try {
      const { entries } = valueOf(await service.admit([join(copy, kind.main)]));
      const ask = asker(service, entries[0]!.recordingId, kind);
      return await ask.report((await ask.analysisId())!);
    } finally {
      await service.close();
    }
  })();
  reported.set(name, made);
  return made;
}

/** Everything that is said of a recording by someone who sees it for the first time. */
async function everything(ask: Asker): Promise<Record<string, unknown>> {
  const [open, tile, annotated] = [await ask.open(), await ask.tile(), await ask.annotations()];
  const id = await ask.analysisId();
  const of = async (what: (id: string) => Promise<unknown>) => (id === null ? null : what(id));
  return {
    ...{ open, tile, annotated, id },
    segments: await of(ask.segments),
    evidence: await of(ask.evidence),
    draft: await of(ask.draft),
  };
}

const fresh = new Map<string, Promise<Record<string, unknown>>>();
function freshly(key: string, folder: string, kind: Kind): Promise<Record<string, unknown>> {
  const known = fresh.get(key);
  if (known) return known;
  const asked = (async () => {
    const copy = await folderOf(folder);
    const service = await serve(createInlinePool());
    try {
      const admitted = await service.admit([join(copy, kind.main)]);
      if (!admitted.ok)
        return {
          open: null,
          tile: null,
          annotated: null,
          id: null,
          segments: null,
          evidence: null,
          draft: null,
        };
      return await everything(asker(service, admitted.value.entries[0]!.recordingId, kind));
    } finally {
      await service.close();
    }
  })();
  fresh.set(key, asked);
  return asked;
}

async function run(name: string, file: string, change: string, moment: Moment): Promise<void> {
  const kind = KINDS[name]!;
  const folder = await folderOf(join(pristine, name));
  let armed: RegExp | null = null;
  const alter = () => CHANGES[change]!(join(folder, file), join(other, name, file));
  const inline = createInlinePool();
  const pool: Pool = {
    ...inline,
    async run(task, input, options) {
      if (armed?.test(task.name)) {
        armed = null;
        await alter();
      }
      return inline.run(task, input, options);
    },
  };
  const service = await serve(pool);
  try {
    const admitted = await service.admit([join(folder, kind.main)]);
    if (!admitted.ok) throw new Error(admitted.error.message);
    const ask = asker(service, admitted.value.entries[0]!.recordingId, kind);
    const before = await freshly(`${name} pristine`, join(pristine, name), kind);
    /** What was answered while files changed is of one of the two states, or nothing. */
    const torn: [string, unknown][] = [];
    let id: string | null = null;
    /** Changes the file now, or once a task of this step begins. */
    const at = async (now: Moment): Promise<boolean> => {
      if (moment !== now) return false;
      armed = TASKS[now] ?? null;
      if (armed === null) await alter();
      return armed === null;
    };
    expect(await ask.open()).toEqual(before['open']);
    await (async () => {
      if (await at('opened')) return;
      await at('tile');
      torn.push(['tile', await ask.tile()]);
      if (await at('tile seen')) return;
      await at('hash');
      await at('segments');
      id = await ask.analysisId();
      if (id !== null) torn.push(['segments', await ask.segments(id)]);
      if (await at('analysed')) return;
      await at('report');
      if (id !== null && (moment === 'report' || moment === 'reported'))
        torn.push(['report', await ask.report(id)]);
      await at('reported');
    })();
    expect(armed, `a task of ${moment}`).toBe(null);
    const after = await freshly(`${name} ${file} ${change}`, folder, kind);
    for (const [what, answer] of torn) {
      if (what === 'report' && moment === 'reported') expect(answer).not.toBeNull();
      if (answer === null) continue;
      if (what === 'report') {
        // It is of the analysis that was made before anything changed, or there is none.
        expect(answer).toBe(await reportOf(name));
        continue;
      }
      expect([before[what], after[what]], `${what} while files change`).toContain(answer);
    }
    if (id !== null && id !== after['id']) {
      // The former analysis is still there; nothing of the files as they are now is put beside it.
      expect(await ask.segments(id)).toEqual(before['segments']);
      // A report is seconds of work: once is enough of what the draft shows as well.
      const acts =
        moment === 'reported'
          ? (['draft', 'report', 'written'] as const)
          : (['draft', 'written'] as const);
      for (const act of acts) {
        expect([act, await ask[act](id)]).toEqual([act, null]);
      }
      // What was looked at before may be kept, under the analysis that it is of.
      expect([null, before['evidence']]).toContain(await ask.evidence(id));
    }
    // Whoever asks for one thing alone is answered of now, without opening anew.
    for (const what of ['tile', 'annotations'] as const) {
      expect([what, await ask[what]()]).toEqual([
        what,
        after[what === 'tile' ? 'tile' : 'annotated'],
      ]);
    }
    const now = await everything(ask);
    for (const what of Object.keys(after)) expect([what, now[what]]).toEqual([what, after[what]]);
  } finally {
    await service.close();
  }
}

describe.each(Object.entries(KINDS))('a recording %s', { timeout: 120_000 }, (name, { files }) => {
  const cases = files.flatMap((file) =>
    Object.keys(CHANGES).map((change) => [file, change] as const),
  );
  it.each(cases)('of which %s is %s', async (file, change) => {
    // Beside each other, since files that changed just now are waited for.
    const runs = await Promise.allSettled(MOMENTS.map((moment) => run(name, file, change, moment)));
    for (const ended of runs) if (ended.status === 'rejected') throw ended.reason;
  });
});
