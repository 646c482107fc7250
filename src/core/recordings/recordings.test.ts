import {
  appendFile,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Result } from '../../shared/domain';
import { ok } from '../../shared/domain';
import { openRecording } from '../formats/list';
import type { OpenRecording } from '../formats/open-recording';
import { encodeZip } from '../formats/zip/testing/encode-zip';
import { contentHash } from './content-hash';
import { findRecords } from './find-records';
import { fingerprint, stateOf, whileUnchanged } from './fingerprint';
import { useOnce } from './open-settled';
import { createRecordingCache } from './recording-cache';
import { recordingIdOf } from '../base/recording-id';
import { stageUpload } from './stage-upload';
import { pulses, writeRecord } from './testing/write-record';
import { valueOf } from '../../shared/domain/testing/value-of';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-recordings-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const record = (name: string) =>
  writeRecord(dir, { name, rateHz: 250, seconds: 4, leads: { II: pulses, V1: pulses } });

describe('findRecords', () => {
  it('understands a header, a bare name, another file of the record, and a folder', async () => {
    const header = await record('r1');
    await mkdir(join(dir, 'inner'));
    for (const given of ['r1.hea', 'r1', 'r1.dat', '']) {
      expect(valueOf(await findRecords([join(dir, given)])).paths).toEqual([header]);
    }
    const twice = valueOf(await findRecords([dir, header]));
    expect(twice.paths).toEqual([header]);
    expect(twice.folders).toEqual([dir]);
  });

  it('reports what it cannot use and goes on', async () => {
    const header = await record('r1');
    await writeFile(join(dir, 'notes.txt'), '');
    const found = valueOf(
      await findRecords([join(dir, 'gone'), join(dir, 'notes.txt'), join(dir, 'r1')]),
    );
    expect(found.paths).toEqual([header]);
    expect(found.problems.map(({ code }) => code)).toEqual(['not-found', 'unknown-format']);
  });
});

describe('recordings in archives', () => {
  const archive = async (name: string) => {
    const header = await record('r1');
    const entries = ['r1.hea', 'r1.dat'].map(async (file) => ({
      name: `in/${file}`,
      bytes: await readFile(join(dir, file)),
    }));
    await writeFile(join(dir, name), encodeZip(await Promise.all(entries)));
    return { header, path: `${join(dir, name)}!/in/r1.hea` };
  };

  it('are found by the archive, by their own path and in a folder; other archives are not', async () => {
    const { header, path } = await archive('a.zip');
    await writeFile(join(dir, 'photos.zip'), encodeZip([{ name: 'a.jpg', bytes: 'x' }]));
    expect(valueOf(await findRecords([join(dir, 'a.zip')])).paths).toEqual([path]);
    expect(valueOf(await findRecords([path])).paths).toEqual([path]);
    expect(valueOf(await findRecords([dir])).paths).toEqual([path, header]);
    const photos = valueOf(await findRecords([join(dir, 'photos.zip')]));
    expect(photos.paths).toEqual([join(dir, 'photos.zip')]);
  });

  it('have the content of the same files outside, whenever they are taken out', async () => {
    const { header, path } = await archive('a.zip');
    const cache = createRecordingCache(openRecording);
    const looks = () =>
      cache.use(path, async (recording) => {
        const hash = await contentHash(recording);
        return hash.ok ? ok([hash.value, valueOf(await stateOf(recording))]) : hash;
      });
    const first = valueOf(await looks());
    await cache.drop(path);
    expect(valueOf(await looks())).toEqual(first);
    const outside = valueOf(await cache.use(header, (recording) => contentHash(recording)));
    expect(first[0]).toBe(outside);
    await cache.close();
  });

  it('are opened anew when the archive has changed', async () => {
    const { path } = await archive('a.zip');
    const cache = createRecordingCache(openRecording);
    const files = () => cache.use(path, async ({ files }) => ok(files[0]));
    const before = valueOf(await files());
    expect(valueOf(await files())).toBe(before);
    await utimes(join(dir, 'a.zip'), new Date(), new Date(Date.now() + 60_000));
    expect(valueOf(await files())).not.toBe(before);
    await cache.close();
  });
});

describe('a recording whose files change', () => {
  const firstSamples = (cache: ReturnType<typeof createRecordingCache>, path: string) =>
    cache.use(path, (recording) => recording.readDigital(0, 0, 8));

  it('is read anew when its signal file is another one, of the same size and age', async () => {
    const path = await record('a');
    const signal = join(dir, 'a.dat');
    const cache = createRecordingCache(openRecording);
    const before = [...valueOf(await firstSamples(cache, path))];
    const { atime, mtime } = await stat(signal);
    await writeFile(
      signal,
      (await readFile(signal)).map((byte) => byte ^ 5),
    );
    await utimes(signal, atime, mtime);
    const after = [...valueOf(await firstSamples(cache, path))];
    expect(after).not.toEqual(before);
    const fresh = createRecordingCache(openRecording);
    expect(after).toEqual([...valueOf(await firstSamples(fresh, path))]);
    await cache.close();
    await fresh.close();
  });

  it('tells that files of an open record changed, once for each state', async () => {
    const path = await record('a');
    const told: string[] = [];
    const cache = createRecordingCache(openRecording, { onChanged: (at) => void told.push(at) });
    await firstSamples(cache, path);
    await firstSamples(cache, path);
    expect(told).toEqual([]);
    await appendFile(join(dir, 'a.dat'), Buffer.alloc(3));
    await firstSamples(cache, path);
    await firstSamples(cache, path);
    expect(told).toEqual([path]);
    await cache.close();
  });

  it('gives no answer while a file of it changes, and opens it anew after', async () => {
    const path = await record('a');
    const told: string[] = [];
    const cache = createRecordingCache(openRecording, { onChanged: (at) => void told.push(at) });
    const torn = await cache.use(path, async (recording) => {
      await appendFile(join(dir, 'a.dat'), Buffer.alloc(3));
      return recording.readDigital(0, 0, 8);
    });
    expect(torn).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(told).toEqual([path]);
    expect((await firstSamples(cache, path)).ok).toBe(true);
    await cache.close();
  });

  it('takes no header of one state with signals of the next', async () => {
    const path = await record('a');
    const signal = join(dir, 'a.dat');
    const bytes = await readFile(signal);
    const cache = createRecordingCache(async (at) => {
      const opened = await openRecording(at);
      // Another program writes while the first opening has read the header alone.
      if (bytes.length > 0) await writeFile(signal, bytes.subarray(0, bytes.length >> 1));
      return opened;
    });
    const fresh = await useOnce(path, async ({ warnings }) => ok(warnings.length));
    expect(await cache.use(path, async ({ warnings }) => ok(warnings.length))).not.toEqual(fresh);
    await cache.close();
  });

  it('gives no answer that began with other files', async () => {
    const path = await record('a');
    const recording = valueOf(await openRecording(path));
    const grown = await whileUnchanged(recording, async () => {
      await appendFile(join(dir, 'a.dat'), Buffer.alloc(3));
      return ok('of neither state');
    });
    expect(grown).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await whileUnchanged(recording, async () => ok(1))).toEqual(ok(1));
    await recording.close();
  });
});

describe('the recording cache', () => {
  /** Counts how often records are opened and closed. */
  function counting() {
    const log: string[] = [];
    const open = async (path: string): Promise<Result<OpenRecording>> => {
      log.push('open');
      const opened = await openRecording(path);
      if (!opened.ok) return opened;
      const { close } = opened.value;
      return ok({ ...opened.value, close: () => (log.push('close'), close()) });
    };
    return { log, open };
  }

  /** Files that have come to rest: those that changed just now are opened twice. */
  const atRest = () => wait(50);

  it('opens once for many uses, and not again while it is in use', async () => {
    const header = await record('r1');
    await atRest();
    const { log, open } = counting();
    const cache = createRecordingCache(open);
    await Promise.all([1, 2, 3].map(() => cache.use(header, async () => ok(null))));
    expect(log).toEqual(['open']);
    const held = valueOf(await cache.acquire(header));
    await cache.drop(header);
    expect(log).toEqual(['open']);
    expect((await held.recording.readPhysical(0, 0, 10)).ok).toBe(true);
    await held.release();
    expect(log).toEqual(['open', 'close']);
    await cache.close();
  });

  it('opens anew what changed on disk', async () => {
    const header = await record('r1');
    await atRest();
    const { log, open } = counting();
    const cache = createRecordingCache(open);
    await cache.use(header, async () => ok(null));
    await utimes(header, new Date(), new Date(Date.now() + 60_000));
    await atRest();
    await cache.use(header, async () => ok(null));
    expect(log).toEqual(['open', 'close', 'open']);
    await cache.close();
  });

  it('keeps no more open than it may', async () => {
    const { log, open } = counting();
    const cache = createRecordingCache(open, { capacity: 2 });
    const paths = await Promise.all(['a', 'b', 'c', 'd'].map(record));
    await atRest();
    for (const path of paths) await cache.use(path, async () => ok(null));
    expect(log.filter((line) => line === 'close')).toHaveLength(2);
    await cache.close();
    expect(log.filter((line) => line === 'close')).toHaveLength(4);
  });

  it('tries a record again that failed to open', async () => {
    const cache = createRecordingCache(openRecording);
    const path = join(dir, 'late.hea');
    expect(await cache.use(path, async () => ok(1))).toMatchObject({
      error: { code: 'not-found' },
    });
    await writeFile(path, 'nonsense');
    expect((await cache.use(path, async () => ok(1))).ok).toBe(false);
    await record('late');
    expect(await cache.use(path, async () => ok(1))).toEqual(ok(1));
    await cache.close();
  });
});

describe('stageUpload', () => {
  it('joins a signal file to the header that came with it, whatever they are called', async () => {
    const header = await record('r1');
    const staged = valueOf(
      await stageUpload({ signalPath: header.replace('.hea', '.dat'), headerPath: header }),
    );
    const recording = valueOf(await openRecording(staged.path));
    expect(recording.leads[0]!.samples).toBe(1000);
    await recording.close();
    await staged.remove();
    expect(await readdir(dir)).toEqual(['r1.dat', 'r1.hea']);
  });

  it('takes what is called a file of another format for no samples, unless it is said how they lie', async () => {
    const signalPath = join(dir, 'upload.bin');
    await writeFile(
      signalPath,
      Uint8Array.from({ length: 3000 }, (_, k) => (k * 37) % 251),
    );
    const upload = { signalPath, headerPath: null };
    for (const signalName of ['x.dcm', 'x.SCP', 'x.edf', 'x.ecg']) {
      const refused = await stageUpload({ ...upload, signalName });
      expect(refused).toMatchObject({ error: { code: 'unknown-format' } });
      expect(!refused.ok && refused.error.message).toContain(signalName);
    }
    for (const given of [
      { signalName: 'x.dat' },
      { signalName: 'x' },
      { signalName: 'x.ecg', layout: { format: 16, signals: 1 } },
    ]) {
      const staged = valueOf(await stageUpload({ ...upload, ...given }));
      expect(staged.warnings.map(({ code }) => code)).toContain('no-header');
      await staged.remove();
    }
  });

  it('says what was stated in vain beside a header, or of a file that needs none', async () => {
    const header = await record('r1');
    const signalPath = header.replace('.hea', '.dat');
    const layout = { fs: 360, signals: 2, format: 212 };
    const staged = valueOf(await stageUpload({ signalPath, headerPath: header, layout }));
    expect(staged.warnings.map(({ message }) => message)).toEqual([
      'Stated but not used: fs 360; the file says how it is to be read.',
      'Stated but not used: format 212; the file says how it is to be read.',
    ]);
    await staged.remove();
    const table = join(dir, 'r2.csv');
    const rows = Array.from({ length: 300 }, (_, k) => `${k / 250},${Math.sin(k / 9)}`);
    await writeFile(table, `time (s),II (mV)\n${rows.join('\n')}\n`);
    const own = valueOf(await stageUpload({ signalPath: table, headerPath: null, layout }));
    expect(own.warnings.map(({ code }) => code)).toEqual(['stated-not-used', 'stated-not-used']);
    await own.remove();
  });

  it('reads a bare file as MIT-BIH would have it, and says so', async () => {
    const path = join(dir, 'x.dat');
    await writeFile(path, Buffer.alloc(3 * 3600));
    const staged = valueOf(await stageUpload({ signalPath: path, headerPath: null }));
    expect(staged.warnings).toMatchObject([{ code: 'no-header' }]);
    const recording = valueOf(await openRecording(staged.path));
    const { samples, samplingRateHz } = recording.leads[0]!;
    expect([samples, samplingRateHz, recording.leads.length]).toEqual([3600, 360, 2]);
    expect(valueOf(await recording.readPhysical(0, 0, 1))[0]).toBeCloseTo(-1024 / 200, 9);
    await recording.close();
    await staged.remove();
  });

  it.each([
    ['a path out of the folder', 'r1 1 250\n../secret.dat 16\n'],
    ['an absolute path', 'r1 1 250\n/etc/passwd 16\n'],
    ['several files', 'r1 2 250\na.dat 16\nb.dat 16\n'],
    ['several segments', 'r1/2 1 250\na 100\nb 100\n'],
    ['nothing', ''],
  ])('refuses a header with %s', async (_what, text) => {
    const header = await record('r1');
    const given = join(dir, 'given.hea');
    await writeFile(given, text);
    const staged = await stageUpload({
      signalPath: header.replace('.hea', '.dat'),
      headerPath: given,
    });
    expect(staged.ok).toBe(false);
  });
});

describe('ids and fingerprints', () => {
  it('are stable for a path, and change with the file', async () => {
    const header = await record('r1');
    expect(recordingIdOf(header)).toBe(recordingIdOf(join(dir, '.', 'r1.hea')));
    expect(recordingIdOf(header)).not.toBe(recordingIdOf(join(dir, 'r2.hea')));
    const before = valueOf(await fingerprint([header]));
    await writeFile(header, `${await readFile(header, 'utf8')}# more\n`);
    expect(valueOf(await fingerprint([header]))).not.toBe(before);
    expect(await fingerprint([join(dir, 'gone')])).toMatchObject({ error: { code: 'not-found' } });
  });
});
