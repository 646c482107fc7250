/**
 * The disk of the store is full, read-only or held by another program, met over HTTP and by the command line as they are
 * built: whatever changes the store is refused in a sentence, or kept; reading goes on; and it is taken once it may be.
 * What writes elsewhere is in `refused-disk.test.ts`. Disks are the test's own, and left out where none can be mounted.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { canMountDisk, fillDisk, mount, mountDisk } from '../../src/core/base/testing/own-disk';
import { writeTestModel } from '../../src/core/inference/testing/model-fixture';
import { pulses, writeRecord } from '../../src/core/recordings/testing/write-record';
import { openDatabase } from '../../src/core/service';
import type { Result } from '../../src/shared/domain';
import { valueOf } from '../../src/shared/domain/testing/value-of';
import { startViewer, type ViewerClient } from '../soak/viewer-client';
import { IS_BUILT, waitForFiducial, type Ended } from '../support/fiducial';

const SENTENCES = {
  full: /full/,
  'read-only': /read-only/,
  locked: /another program .*(holds|locked)|holds the store/,
} as const;
type Refusal = keyof typeof SENTENCES;

let dir: string;
let disk: string;
let home: string;
let record: string;
/** The review of the record with more in it than a full disk has room for. */
let reviewFile: string;
let reviewJson: string;

/** With a network of a few operators: to load the shipped one is a quarter of the work, and none of what is refused. */
const env = (): Record<string, string> => ({
  ...{ FIDUCIAL_HOME: home, FIDUCIAL_DEVICE: 'cpu', FIDUCIAL_MODELS: join(dir, 'models') },
});
const fiducial = (args: readonly string[]): Ended =>
  waitForFiducial(args, { cwd: dir, env: env() });

const HAS_DISK = IS_BUILT && canMountDisk();

beforeAll(async () => {
  if (!HAS_DISK) return;
  dir = mkdtempSync(join(tmpdir(), 'fiducial-refused-doors-'));
  disk = join(dir, 'disk');
  home = join(disk, 'home');
  mkdirSync(disk);
  await writeTestModel(join(dir, 'models'));
  mkdirSync(join(dir, 'records'));
  const shape = { rateHz: 360, seconds: 40, leads: { II: pulses, V1: pulses } };
  record = await writeRecord(join(dir, 'records'), { name: 'r', ...shape });
  expect(mountDisk(disk, '12m')).toBe(true);
  const exported = fiducial(['review', record, '--json']);
  expect(exported).toMatchObject({ code: 0 });
  const file = JSON.parse(exported.stdout) as { modelSha256: string; events: unknown[] };
  const edit = {
    kind: 'decide-segments',
    segments: [0],
    decision: 'agree',
    note: 'n'.repeat(1900),
  };
  file.events = Array.from({ length: 200 }, (_, i) => ({
    ...{
      sequence: i + 1,
      atMs: 1,
      reader: 'Dr E',
      action: 'edit',
      edit,
      before: null,
      after: null,
    },
    modelSha256: file.modelSha256,
  }));
  reviewJson = JSON.stringify(file);
  reviewFile = join(dir, 'review.json');
  writeFileSync(reviewFile, reviewJson);
  writeFileSync(join(dir, 'settings.json'), fiducial(['settings', 'export']).stdout);
}, 120_000);
afterAll(() => {
  if (!HAS_DISK) return;
  execFileSync('umount', ['-l', disk]);
  rmSync(dir, { recursive: true, maxRetries: 5 });
});

const WHILE_HELD = { timeout: 60_000, interval: 100 };

/** Refuses the disk, does something, and lets it be written again. */
async function whileRefused(how: Refusal, work: () => Promise<void> | void): Promise<void> {
  if (how === 'locked') {
    const other = valueOf(openDatabase(join(home, 'fiducial.db')));
    other.run('BEGIN IMMEDIATE');
    try {
      await work();
    } finally {
      other.run('ROLLBACK');
      other.close();
    }
    return;
  }
  const filler = how === 'full' ? fillDisk(disk) : null;
  // Processes of a command that has just ended may hold a file for another moment.
  if (!filler) await expect.poll(() => mount('-o', 'remount,ro', disk), WHILE_HELD).toBe(true);
  try {
    await work();
  } finally {
    if (filler) rmSync(filler);
    else expect(mount('-o', 'remount,rw', disk)).toBe(true);
  }
}

const REFUSALS = Object.keys(SENTENCES) as Refusal[];

describe.skipIf(!HAS_DISK)('a command that changes the store', { timeout: 120_000 }, () => {
  const COMMANDS = {
    'review --import': () => ['review', record, '--import', reviewFile, '--reader', 'Dr I'],
    'settings import': () => ['settings', 'import', join(dir, 'settings.json')],
  };
  it.each(REFUSALS.flatMap((how) => Object.entries(COMMANDS).map((one) => [how, ...one] as const)))(
    'says that it is %s: %s',
    async (how, _, args) => {
      await whileRefused(how, () => {
        const { code, stderr } = fiducial(args());
        expect({ code, stderr }).toMatchObject({
          code: 1,
          stderr: expect.stringMatching(SENTENCES[how]) as string,
        });
        expect(stderr).not.toMatch(/^ +at /m);
      });
      const { events } = JSON.parse(fiducial(['review', record, '--json']).stdout) as {
        events: unknown[];
      };
      expect(events).toEqual([]);
    },
  );
});

describe.skipIf(!HAS_DISK)(
  'a request over HTTP that changes the store',
  { timeout: 180_000 },
  () => {
    let viewer: ViewerClient;
    // A server that a failure leaves holds the disk, and every test after it fails for that.
    afterEach(() => viewer.end());
    let analysisId: string;
    let recordingId: string;

    async function open(): Promise<void> {
      viewer = await startViewer(['--quiet', '--root', join(dir, 'records')], env());
      recordingId = valueOf(await viewer.pick()).entries[0]!.recordingId;
      const started = await viewer.call('analysis.start', {
        recordingId,
        modelId: null,
        lead: null,
      });
      ({ analysisId } = valueOf(started));
      await expect
        .poll(async () => valueOf(await viewer.call('analysis.status', { analysisId })).state, {
          timeout: 60_000,
        })
        .toBe('done');
    }
    async function confirmAll(): Promise<void> {
      const { findings } = valueOf(await viewer.call('analysis.findings', { analysisId }));
      if (findings.length === 0) return;
      const of = findings.map(({ id, kind, startS, endS }) => ({ id, kind, startS, endS }));
      const edit = { kind: 'decide-findings' as const, findings: of, decision: 'confirm' as const };
      const whole = { ...edit, note: '', rejectedAs: null };
      valueOf(await viewer.call('review.decide', { analysisId, edit: whole, reader: 'Dr S' }));
    }
    async function sign(): Promise<Result<unknown>> {
      const { sequence } = valueOf(await viewer.call('report.draft', { analysisId }));
      const asked = { analysisId, sequence, reader: 'Dr S', paper: 'A4', identity: true } as const;
      return viewer.call('report.sign', asked);
    }
    const importReview = (): Promise<Result<unknown>> =>
      viewer.call('review.import', {
        ...{
          analysisId,
          name: 'other.json',
          json: reviewJson,
          reader: 'Dr I',
          as: `Dr ${++others}`,
        },
      });
    let others = 0;
    const decide = (): Promise<Result<unknown>> =>
      viewer.call('review.decide', {
        ...{ analysisId, reader: 'Dr S' },
        edit: { kind: 'decide-segments', segments: [0], decision: 'agree', note: 'n'.repeat(1900) },
      });
    /** Words of the reader's, so that what is signed is another report than before. */
    const write = (): Promise<Result<unknown>> => {
      const conclusion = { sentences: [], words: `Seen ${++others} times.` };
      const edit = { kind: 'edit-report' as const, report: { conclusion } };
      return viewer.call('review.decide', { analysisId, edit, reader: 'Dr S' });
    };
    const setReader = (): Promise<Result<unknown>> =>
      viewer.call('settings.set', { readerName: 'n'.repeat(60 + (others++ % 20)) });
    const CHANGES = { decide, importReview, sign, setReader };

    /** A file has room left for some changes when its disk has none. */
    async function untilRefused(ask: () => Promise<Result<unknown>>): Promise<Result<unknown>> {
      for (let times = 0; ; times++) {
        const answer = await ask();
        if (!answer.ok || times === 500) return answer;
      }
    }

    it.each(REFUSALS)(
      'says that it is %s, reads on, and takes the change when it may',
      async (how) => {
        await open();
        await confirmAll();
        // There is something to be signed.
        valueOf(await write());
        const before = valueOf(await viewer.call('review.history', { analysisId })).events.length;
        // What is open for writing makes its disk one that cannot become read-only.
        if (how === 'read-only') await viewer.end();
        await whileRefused(how, async () => {
          if (how === 'read-only') await open();
          for (const [name, ask] of Object.entries(CHANGES)) {
            const answer = await untilRefused(ask);
            expect({ name, answer }).toMatchObject({
              answer: {
                ok: false,
                error: {
                  code: how === 'locked' ? 'busy' : 'not-writable',
                  message: expect.stringMatching(SENTENCES[how]) as string,
                },
              },
            });
          }
          valueOf(await viewer.call('recordings.open', { recordingId }));
          const { events } = valueOf(await viewer.call('review.history', { analysisId }));
          expect(events.length).toBeGreaterThanOrEqual(before);
          expect((await fetch(`${viewer.url}/healthz`)).status).toBe(200);
          if (how === 'read-only') await viewer.end();
        });
        if (how === 'read-only') await open();
        const kept = valueOf(await viewer.call('review.history', { analysisId })).events.length;
        for (const [name, ask] of Object.entries(CHANGES)) {
          expect({ name, answer: await ask() }).toMatchObject({ answer: { ok: true } });
        }
        const now = valueOf(await viewer.call('review.history', { analysisId })).events;
        // One line each of deciding and signing, and those of the review, which begin and end a second read.
        expect(now.length).toBeGreaterThan(kept + 200);
      },
    );
  },
);
