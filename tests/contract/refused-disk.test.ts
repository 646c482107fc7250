/**
 * A disk that is full or read-only, met through every command and every request that writes: a sentence that says which
 * disk and what to do, an exit code that is not 0, nothing half that looks whole. The disk is the test's own; where none can
 * be mounted it is left out. Commands need `npm run build`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createModels } from '../../src/core/analysis/models';
import { createFakeInference } from '../../src/core/analysis/testing/fake-inference';
import { writeAnnotationFile } from '../../src/core/beats/write-annotation-file';
import { openRecording } from '../../src/core/formats/list';
import { writeTestModel } from '../../src/core/inference/testing/model-fixture';
import { createRecordingCache } from '../../src/core/recordings/recording-cache';
import { pulses, writeRecord } from '../../src/core/recordings/testing/write-record';
import { createService, openDatabase, type Service } from '../../src/core/service';
import { openSqliteStore } from '../../src/core/review/store/sqlite-store';
import { OUR_SETTINGS } from '../../src/core/settings/stored-settings';
import { createInlinePool } from '../../src/core/workers/inline-pool';
import { startServer, type Server } from '../../src/server/start-server';
import type { Result } from '../../src/shared/domain';
import { valueOf } from '../../src/shared/domain/testing/value-of';
import { canMountDisk, fillDisk, mount, mountDisk } from '../../src/core/base/testing/own-disk';
import { IS_BUILT, waitForFiducial, type Ended } from '../support/fiducial';

/** A short recording with reference annotations, in a folder of its own below that of the test. */
const RECORDS = 'records';
const RECORD = join(RECORDS, 'short.hea');

/** Every file below a folder, by relative path. */
const below = (folder: string): string[] =>
  (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();

const REFUSALS = ['full', 'read-only'] as const;
type Refusal = (typeof REFUSALS)[number];
const SENTENCES: Record<Refusal, RegExp> = {
  full: /disk.* is full.*free some space/,
  'read-only': /read-only/,
};

let dir: string;
let disk: string;
let record: string;
let isMounted = false;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'fiducial-refused-disk-'));
  disk = join(dir, 'disk');
  mkdirSync(disk);
  const shape = { rateHz: 360, seconds: 30, leads: { II: pulses, V1: pulses } };
  record = await writeRecord(dir, { name: 'r', ...shape });
  await writeTestModel(join(dir, 'models'));
  mkdirSync(join(dir, RECORDS));
  await writeRecord(join(dir, RECORDS), { ...shape, name: 'short', seconds: 40 });
  await writeAnnotationFile(
    Array.from({ length: 40 }, (_, s) => ({
      ...{ sample: 360 * s + 180, symbol: 'N', subtype: 0, chan: 0, num: 0, aux: '' },
    })),
    {
      ...{ directory: join(dir, RECORDS), record: 'short', annotator: 'atr', overwrite: true },
      timeResolutionHz: null,
    },
  );
});
afterAll(() => rmSync(dir, { recursive: true, maxRetries: 5 }));
beforeEach(() => {
  isMounted = mountDisk(disk, '3m');
});
afterEach(() => {
  if (isMounted) execFileSync('umount', ['-l', disk]);
  isMounted = false;
});

function refuse(how: Refusal): void {
  if (how === 'read-only') return void expect(mount('-o', 'remount,ro', disk)).toBe(true);
  fillDisk(disk);
}

function allow(how: Refusal): void {
  if (how === 'read-only') return void expect(mount('-o', 'remount,rw', disk)).toBe(true);
  rmSync(join(disk, 'filler'));
}

/** Commands by what they are asked to write onto the disk. */
const COMMANDS: Readonly<Record<string, (out: string) => string[]>> = {
  'scan --out': (out) => ['scan', RECORD, '--no-store', '--out', join(out, 'rows.jsonl')],
  'scan --format parquet': (out) => [
    'scan',
    RECORD,
    '--format',
    'parquet',
    '--out',
    join(out, 'rows.parquet'),
  ],
  'scan --reports': (out) => [
    'scan',
    RECORD,
    '--out',
    join(dir, 'rows.jsonl'),
    '--reports',
    join(out, 'reports'),
  ],
  report: (out) => ['report', RECORD, '--out', join(out, 'r.pdf')],
  annotate: (out) => ['annotate', RECORD, '--out', join(out, 'annotated')],
  detect: (out) => ['detect', RECORD, '--out', out],
  'convert to EDF': (out) => ['convert', RECORD, '--to', 'edf', '--out', out],
  'convert to WFDB': (out) => ['convert', RECORD, '--to', 'wfdb', '--out', join(out, 'converted')],
  'review --csv': (out) => ['review', RECORD, '--csv', out],
  'prepare segments': (out) => ['prepare', RECORDS, '--out', join(out, 'tensors')],
  'prepare beats': (out) => ['prepare', RECORDS, '--model', 'beat-attention', '--out', out],
  'evaluate --html': (out) => ['evaluate', RECORDS, '--draws', '10', '--html', join(out, 'e.html')],
  'store backup': (out) => ['store', 'backup', '--out', join(out, 'copy.db')],
  'store export': (out) => ['store', 'export', '--out', join(out, 'trail.jsonl')],
  'store export --reports': (out) => [
    'store',
    'export',
    '--out',
    join(dir, 'trail'),
    '--reports',
    out,
  ],
};

/**
 * With a network of a few operators, since to load the shipped one is half of what a command does and none of what is refused;
 * `annotate` writes what only a network of beats tells.
 */
const fiducial = (args: readonly string[], home = join(dir, 'home')): Ended => {
  const models = args[0] === 'annotate' ? {} : { FIDUCIAL_MODELS: join(dir, 'models') };
  return waitForFiducial(args, {
    cwd: dir,
    env: { FIDUCIAL_HOME: home, FIDUCIAL_DEVICE: 'cpu', ...models },
  });
};

const HAS_DISK = canMountDisk();

describe.skipIf(!IS_BUILT || !HAS_DISK)(
  'a command whose disk is refused',
  { timeout: 120_000 },
  () => {
    beforeAll(() => {
      // One analysis for all of them.
      expect(fiducial(['scan', RECORD, '--out', join(dir, 'first.jsonl')]).code).toBe(0);
      const store = valueOf(openSqliteStore(join(dir, 'home')));
      store.trail.edit(
        'a',
        { kind: 'decide-segments', segments: [0], decision: 'agree', note: 'n'.repeat(5000) },
        { reader: 'x', modelSha256: 'm' },
      );
      store.close();
    }, 120_000);

    for (const how of REFUSALS) {
      it.each(Object.entries(COMMANDS))(`says that it is ${how}: %s`, (_, args) => {
        refuse(how);
        const before = below(disk);
        const { code, stderr } = fiducial(args(disk));
        expect({ code, stderr }).toMatchObject({
          code: 1,
          stderr: expect.stringMatching(SENTENCES[how]) as string,
        });
        expect(stderr).toContain(disk);
        expect(stderr).not.toMatch(/^ +at /m);
        expect(below(disk)).toEqual(before);
      });
    }

    it.each(REFUSALS)('says that the store is %s, and gives its result all the same', (how) => {
      const home = join(disk, 'home');
      expect(fiducial(['review', record, '--json'], home).code).toBe(0);
      refuse(how);
      const { code, stdout, stderr } = fiducial(['predict', record, '--json'], home);
      expect({ code, rows: stdout.trim().split('\n').length }).toEqual({ code: 0, rows: 1 });
      expect(stderr).not.toMatch(/^ +at /m);
      const scan = fiducial(['scan', RECORD, '--out', join(dir, 'all.jsonl')], home);
      // SQLite cannot always tell a full disk from one that fails.
      expect(scan.stderr).toMatch(/could not be stored: .*(full|read-only)/);
      expect(scan.stderr).not.toMatch(/^ +at /m);
    });

    it('keeps the rows of a scan that was killed where the disk is full when it is taken up', () => {
      const out = join(disk, 'rows.jsonl');
      const rows = `${JSON.stringify({ scan: 'x' })}\n`.repeat(100);
      writeFileSync(`${out}.partial`, rows);
      refuse('full');
      expect(fiducial(['scan', RECORD, '--out', out])).toMatchObject({ code: 1 });
      expect(statSync(`${out}.partial`).size).toBe(rows.length);
    });
  },
);

const context = { signal: new AbortController().signal };
let service: Service;
let recordingId: string;
let analysisId: string;

async function startService(dataDir: string): Promise<void> {
  await writeTestModel(join(dir, 'models'));
  service = valueOf(
    await createService({
      pool: createInlinePool(),
      inference: createFakeInference(() => 0.9),
      ...{ dataDir, modelsDir: join(dir, 'models'), host: 'browser', version: '0.0.0' },
      emit: () => undefined,
    }),
  );
  recordingId = valueOf(await service.admit([record])).entries[0]!.recordingId;
  const options = { modelId: 'test-model', lead: null, signal: context.signal };
  ({ analysisId } = valueOf(await service.complete(recordingId, options)));
  // A report is signed once every event is decided.
  const { handlers } = service;
  const { findings } = valueOf(await handlers['analysis.findings']({ analysisId }, context));
  const edit = {
    kind: 'decide-findings',
    decision: 'confirm',
    note: '',
    rejectedAs: null,
    findings: findings.map(({ id, kind, startS, endS }) => ({ id, kind, startS, endS })),
  } as const;
  valueOf(await handlers['review.decide']({ analysisId, reader: 'x', edit }, context));
}

async function sign(): Promise<Result<unknown>> {
  const { handlers } = service;
  const { sequence } = valueOf(await handlers['report.draft']({ analysisId }, context));
  return handlers['report.sign'](
    { analysisId, sequence, reader: 'Dr S', paper: 'A4', identity: true },
    context,
  );
}

let imports = 0;
/** Another machine's review, by a reader who was never heard of here. */
async function importReview(): Promise<Result<unknown>> {
  const file = valueOf(await service.exportReview(analysisId));
  const edit = { kind: 'decide-segments', segments: [0], decision: 'agree', note: 'n'.repeat(900) };
  const event = {
    ...{ sequence: 1, atMs: 1, reader: `Dr ${++imports}`, action: 'edit', edit },
    ...{ before: null, after: null, modelSha256: file.modelSha256 },
  };
  const json = JSON.stringify({ ...file, events: [event] });
  return service.handlers['review.import'](
    { analysisId, name: 'other.json', json, reader: 'x' },
    context,
  );
}

const decide = () =>
  service.handlers['review.decide'](
    {
      analysisId,
      ...{
        reader: 'x',
        edit: { kind: 'decide-segments', segments: [0], decision: 'agree', note: 'n'.repeat(900) },
      },
    },
    context,
  );
/** Requests that change what is kept. */
const CHANGES = {
  'review.decide': decide,
  'settings.set': () =>
    service.handlers['settings.set']({ theme: 'dark', readerName: 'n'.repeat(60) }, context),
} as const;
/** The same that go through documents as well. */
const LARGER_CHANGES = { 'report.sign': sign, 'review.import': importReview } as const;
/** Requests that make a document. */
const DOCUMENTS = {
  'report.create': () =>
    service.handlers['report.create'](
      { analysisId, paper: 'A4', identity: true, reader: '' },
      context,
    ),
  'review.export': () =>
    service.handlers['review.export']({ analysisId, form: 'beats-csv' }, context),
  'annotations.write': () => service.handlers['annotations.write']({ analysisId }, context),
  'recordings.convert': () =>
    service.handlers['recordings.convert']({ recordingId, to: 'edf', identity: true }, context),
} as const;

/** A small store takes some changes more than a full disk has room for. */
async function untilRefused(ask: () => Promise<Result<unknown>>): Promise<Result<unknown>> {
  for (let times = 0; ; times++) {
    const answer = await ask();
    if (!answer.ok || times === 3000) return answer;
  }
}

describe.skipIf(!HAS_DISK).each(REFUSALS)('a viewer whose disk is %s', (how) => {
  beforeEach(async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await startService(join(disk, 'home'));
    valueOf(await decide());
  });
  afterEach(async () => {
    await service.close();
    vi.restoreAllMocks();
  });

  // A store that this process has open for writing makes its disk one that cannot become read-only.
  it.skipIf(how === 'read-only')(
    'answers every request that writes in a sentence, reads on, and loses nothing',
    async () => {
      refuse(how);
      const made = below(disk).length;
      for (const [name, ask] of Object.entries({
        ...DOCUMENTS,
        ...LARGER_CHANGES,
        ...CHANGES,
      })) {
        const answer = await untilRefused(ask);
        expect({ name, answer }).toMatchObject({
          answer: {
            ok: false,
            error: {
              code: 'not-writable',
              message: expect.stringMatching(SENTENCES[how]) as string,
            },
          },
        });
      }
      const documents = join(disk, 'home', 'documents');
      expect(
        below(documents).filter((file) => /\.(pdf|csv|edf|fid|part|partial)$/.test(file)),
      ).toEqual([]);
      expect(below(disk).length - made).toBeLessThan(10);
      expect(
        valueOf(await service.handlers['recordings.open']({ recordingId }, context)).name,
      ).toBe('r');
      const { events } = valueOf(await service.handlers['review.history']({ analysisId }, context));
      allow(how);
      valueOf(await decide());
      const after = valueOf(await service.handlers['review.history']({ analysisId }, context));
      expect(after.events).toHaveLength(events.length + 1);
      for (const ask of Object.values(DOCUMENTS)) expect(await ask()).toMatchObject({ ok: true });
    },
  );
});

describe.skipIf(!HAS_DISK).each(REFUSALS)('the predict API whose disk is %s', (how) => {
  let server: Server;
  beforeEach(async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    vi.stubEnv('TMPDIR', disk);
    await writeTestModel(join(dir, 'models'));
    const engine = {
      pool: createInlinePool(),
      inference: createFakeInference(() => 0.9),
      models: createModels(join(dir, 'models'), () => null),
      recordings: createRecordingCache(openRecording),
      settings: () => OUR_SETTINGS,
    };
    server = await startServer({
      ...{ address: '127.0.0.1', port: 0, token: null, version: '0', viewer: null },
      engine: () => engine,
    });
  });
  afterEach(async () => {
    await server.close();
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it('says so to callers and to those who do not wait, leaves nothing, and answers again', async () => {
    const form = new FormData();
    form.append('file', new Blob([await readFile(record.replace('.hea', '.dat'))]), 'r.dat');
    form.append('header', new Blob([await readFile(record)]), 'r.hea');
    const ask = (query: string): Promise<Response> =>
      fetch(`${server.url}/predict${query}`, { method: 'POST', body: form });
    refuse(how);
    const before = below(disk);
    for (const query of ['', '?async=1']) {
      const refused = await ask(query);
      expect({ query, status: refused.status, problem: await refused.json() }).toMatchObject({
        status: 507,
        problem: { code: 'not-writable', detail: expect.stringMatching(SENTENCES[how]) as string },
      });
    }
    await expect.poll(() => below(disk)).toEqual(before);
    allow(how);
    expect((await ask('')).status).toBe(200);
  });
});

describe('a viewer whose store another program holds', () => {
  it('says so to every request that changes it, writes documents, and takes the change when it may', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const dataDir = join(dir, 'locked');
    await startService(dataDir);
    const other = valueOf(openDatabase(join(dataDir, 'fiducial.db')));
    other.run('BEGIN IMMEDIATE');
    for (const [name, ask] of Object.entries({ ...LARGER_CHANGES, ...CHANGES })) {
      expect({ name, answer: await ask() }).toMatchObject({
        answer: {
          ok: false,
          error: {
            code: 'busy',
            message: expect.stringMatching(/holds the store .* locked.*do it again/) as string,
          },
        },
      });
    }
    for (const [name, ask] of Object.entries(DOCUMENTS)) {
      expect({ name, answer: await ask() }).toMatchObject({ answer: { ok: true } });
    }
    other.run('COMMIT');
    other.close();
    for (const [name, ask] of Object.entries({ ...LARGER_CHANGES, ...CHANGES })) {
      const answer = await ask();
      expect({ name, answer }).toMatchObject({ answer: { ok: true } });
    }
    await service.close();
    vi.restoreAllMocks();
  });
});
