/**
 * Where who was recorded may not be: what the host says, the titles of its processes, and every file that it writes besides
 * the store and what was asked for. Needs `npm run build` and /proc; skipped without.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { encodeEdf } from '../../src/core/formats/edf/testing/encode-edf';
import { pulses } from '../../src/core/recordings/testing/write-record';
import { processTree } from '../load/process-tree';
import { startViewer, type ViewerClient } from '../soak/viewer-client';
import { valueOf } from '../../src/shared/domain/testing/value-of';

const ROOT = resolve(import.meta.dirname, '../..');
const CAN_RUN = existsSync(join(ROOT, 'out/main/cli.js')) && existsSync('/proc/self/cmdline');
/** In the file's name and in its header. */
const NAME = /testperson/i;
const RATE_HZ = 200;
const SECONDS = 40;

let dir: string;
let viewer: ViewerClient;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-identity-'));
  await mkdir(join(dir, 'records'));
  await mkdir(join(dir, 'tmp'));
});
afterEach(async () => {
  await viewer?.end('SIGKILL');
  await rm(dir, { recursive: true, force: true, maxRetries: 5 });
});

function edf(): Uint8Array {
  const records = Array.from({ length: SECONDS }, (_, s) =>
    Array.from({ length: RATE_HZ }, (__, i) => Math.round(1e4 * pulses(s + i / RATE_HZ))),
  );
  return encodeEdf({
    patient: '4711 F 02-MAY-1951 Testperson_Ada',
    signals: [{ label: 'ECG II', records }],
  });
}

const predict = (name: string, bytes: Uint8Array): Promise<Response> => {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), name);
  return fetch(`${viewer.url}/predict`, { method: 'POST', body: form });
};

const titles = async (): Promise<string[]> =>
  Promise.all(
    (processTree(viewer.child.pid!) ?? []).map(({ pid }) =>
      readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
    ),
  );

/** Where identity belongs: the store with its text and its copies, and what a person asked for. */
const ITS_PLACE = /^(home\/(fiducial\.db|fiducial-trail|backups\/|documents\/)|records\/)/;

/** Files that tell who was recorded, by content or by name: those whose place it is, and the others. */
async function telling(): Promise<{ inPlace: string[]; elsewhere: string[] }> {
  const told: string[] = [];
  for (const name of await readdir(dir, { recursive: true })) {
    const path = join(dir, name);
    if (!(await stat(path)).isFile()) continue;
    if (NAME.test(name) || NAME.test(await readFile(path, 'latin1'))) told.push(name);
  }
  return {
    inPlace: told.filter((name) => ITS_PLACE.test(name)),
    elsewhere: told.filter((name) => !ITS_PLACE.test(name)),
  };
}

it.skipIf(!CAN_RUN)(
  'who was recorded is in no log, no title of a process, and no file but the store and what was asked for',
  async () => {
    await writeFile(join(dir, 'records', 'testperson-ada.edf'), edf());
    await writeFile(join(dir, 'records', 'testperson-broken.hea'), 'testperson-broken 1 x\n');
    viewer = await startViewer(['--root', join(dir, 'records')], {
      ...{ FIDUCIAL_HOME: join(dir, 'home'), TMPDIR: join(dir, 'tmp'), FIDUCIAL_DEVICE: 'cpu' },
    });
    let said = '';
    viewer.child.stdout!.setEncoding('utf8').on('data', (text: string) => (said += text));
    const { entries } = valueOf(await viewer.pick());
    const idOf = (name: string): string => entries.find((e) => e.name === name)!.recordingId;
    const broken = { recordingId: idOf('testperson-broken') };
    expect((await viewer.call('recordings.open', broken)).ok).toBe(false);
    const start = { ...broken, modelId: null, lead: null };
    expect((await viewer.call('analysis.start', start)).ok).toBe(false);

    const recordingId = idOf('testperson-ada');
    const opened = valueOf(await viewer.call('recordings.open', { recordingId }));
    expect(opened.patient.name).toMatch(NAME);
    const analysed = async (): Promise<string> => {
      for (;;) {
        const started = await viewer.call('analysis.start', { ...start, recordingId });
        if (started.ok && started.value.state === 'done') return started.value.analysisId;
        await new Promise((done) => setTimeout(done, 200));
      }
    };
    // The engine's and the inference process's end are told with why.
    valueOf(await viewer.call('analysis.start', { ...start, recordingId }));
    const killed = processTree(viewer.child.pid!)!.filter(({ name }) =>
      /engine|inference/.test(name),
    );
    expect(killed.length).toBeGreaterThan(0);
    for (const { pid } of killed) process.kill(pid, 'SIGKILL');
    const analysisId = await analysed();
    const all = { analysisId, identity: true };
    expect((await viewer.call('report.create', { ...all, paper: 'A4', reader: 'Dr A' })).ok).toBe(
      true,
    );
    expect((await viewer.call('review.export', { ...all, form: 'review-json' })).ok).toBe(true);
    expect((await viewer.call('families.list', { analysisId })).ok).toBe(true);
    const edit = {
      ...{ kind: 'decide-segments' as const, decision: 'agree' as const, note: 'Testperson' },
      segments: [999],
    };
    // No such segment: refused, with a note that must be told to nobody.
    expect((await viewer.call('review.decide', { analysisId, edit, reader: 'Dr A' })).ok).toBe(
      false,
    );
    const noted = { ...edit, segments: [0] };
    valueOf(await viewer.call('review.decide', { analysisId, edit: noted, reader: 'Dr A' }));

    expect((await predict('testperson-ada.edf', edf())).status).toBe(200);
    expect((await predict('testperson.edf', edf().subarray(0, 300))).status).toBeGreaterThanOrEqual(
      400,
    );
    const dropped = new FormData();
    dropped.append('files', new Blob(['Testperson 1 x']), 'testperson-dropped.hea');
    const headers = { cookie: viewer.cookie, 'sec-fetch-site': 'same-origin' };
    const upload = await fetch(`${viewer.url}/upload`, { method: 'POST', body: dropped, headers });
    expect(upload.status).toBe(200);

    const running = await titles();
    expect(running.length).toBeGreaterThan(1);
    expect(running.filter((title) => title !== '')).not.toEqual([]);
    expect(running.filter((title) => NAME.test(title))).toEqual([]);
    expect(await viewer.end()).toBe('0');
    said += viewer.said();
    expect(said).toMatch(/POST \/rpc/);
    expect(said.split('\n').filter((line) => NAME.test(line))).toEqual([]);
    const { inPlace, elsewhere } = await telling();
    // The search finds what there is to find: the recordings, and the trail that keeps the note.
    expect(inPlace).toEqual(expect.arrayContaining(['records/testperson-ada.edf']));
    expect(inPlace.some((name) => name.startsWith('home/'))).toBe(true);
    expect(elsewhere).toEqual([]);
  },
  120_000,
);
