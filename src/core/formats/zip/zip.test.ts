import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeEdf } from '../edf/testing/encode-edf';
import { encodeBeats, encodeIshne } from '../ishne/testing/encode-ishne';
import { FORMATS, openRecording, recogniseFile } from '../list';
import { archivePath, fileOnDisk } from '../shared/archive-path';
import { sweepTemporaryFolders } from '../../base/temporary-folders';
import { ZIP_LIMITS } from './limits';
import { encodeZip, type MadeEntry } from './testing/encode-zip';
import { valueOf } from '../../../shared/domain/testing/value-of';

let dir: string;
let file: string;
let outside: string[];
const leftovers = async () =>
  (await readdir(tmpdir())).filter((name) => name.startsWith(`fiducial-zip-${process.pid}-`));
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'fiducial-test-zip-'));
  file = path.join(dir, 'a.zip');
  outside = await leftovers();
});
afterEach(async () => {
  expect(await leftovers(), 'nothing is left in the temporary folder').toEqual(outside);
  await rm(dir, { recursive: true, force: true });
});

const edf = encodeEdf({ signals: [{ label: 'II', records: [[1, 2], [3, 4]] }] }); // oxfmt-ignore
const zip = FORMATS.find(({ id }) => id === 'zip')!;
const write = (entries: readonly MadeEntry[]) => writeFile(file, encodeZip(entries));

describe('an archive', () => {
  it('lists the recordings in it, wherever they lie and whatever they are called', async () => {
    await write([
      { name: 'deep/er/x.txt', bytes: edf },
      { name: 'b.edf', bytes: edf, stored: true },
      { name: 'notes.md', bytes: 'nothing to see' },
      { name: '__MACOSX/._b.edf', bytes: edf },
      { name: '.hidden/c.edf', bytes: edf },
      { name: 'deep/', bytes: '' },
    ]);
    expect(valueOf(await recogniseFile(file))?.id).toBe('zip');
    expect(valueOf(await zip.recordingsIn!(file))).toEqual([
      `${file}!/b.edf`,
      `${file}!/deep/er/x.txt`,
    ]);
  });

  it('says that it holds several files of one name, of which the first is shown', async () => {
    const other = encodeEdf({ signals: [{ label: 'V1', records: [[1, 2], [3, 4]] }] }); // oxfmt-ignore
    await write([
      { name: 'b.edf', bytes: edf },
      { name: 'b.edf', bytes: other },
    ]);
    const recording = valueOf(await zip.open(archivePath(file, 'b.edf')));
    expect(recording.leads.map(({ name }) => name)).toEqual(['II']);
    expect(recording.warnings.map(({ message }) => message)).toContain(
      'a.zip holds several files called b.edf; the first is shown.',
    );
    await recording.close();
  });

  it('opens a recording in it, and takes its files away when that is closed', async () => {
    await write([{ name: 'in/b.edf', bytes: edf }]);
    const recording = valueOf(await zip.open(archivePath(file, 'in/b.edf')));
    expect(recording).toMatchObject({ format: 'edf', name: 'b', path: `${file}!/in/b.edf` });
    expect([...valueOf(await recording.readDigital(0, 0, 9))]).toEqual([1, 2, 3, 4]);
    const [extracted] = recording.files;
    expect((await stat(path.dirname(extracted!))).mode & 0o077).toBe(0);
    await recording.close();
    expect(await stat(extracted!).catch(() => null)).toBeNull();
  });

  it('opens by its own name where it holds one recording, and names them where it holds more', async () => {
    await write([{ name: 'b.edf', bytes: edf }]);
    const recording = valueOf(await openRecording(file));
    expect(recording.path).toBe(`${file}!/b.edf`);
    await recording.close();
    await write([
      { name: 'b.edf', bytes: edf },
      { name: 'c.edf', bytes: edf },
    ]);
    expect(await openRecording(file)).toMatchObject({
      error: { code: 'unsupported', message: expect.stringContaining('a.zip!/b.edf') },
    });
  });

  it('gives a recording the files that belong to it, and those alone', async () => {
    const beats = encodeIshne({ magic: 'ANN  1.0', body: encodeBeats(0, [['N', 20]]) });
    await write([
      { name: 'x/r.ecg', bytes: encodeIshne({ rows: [[1, 2]] }) },
      { name: 'x/r.ann', bytes: beats },
      { name: 'x/r2.ann', bytes: beats },
      { name: 'y/r.ann', bytes: beats },
    ]);
    const recording = valueOf(await zip.open(archivePath(file, 'x/r.ecg')));
    expect(recording.files.map((one) => path.basename(one))).toEqual(['r.ecg', 'r.ann']);
    expect(valueOf(await recording.annotations('ann')).symbol).toEqual(['N']);
    const folder = path.dirname(recording.files[0]!);
    expect((await readdir(folder)).sort()).toEqual(['r.ann', 'r.ecg']);
    await recording.close();
    const byBeats = valueOf(await zip.open(archivePath(file, 'x/r.ann')));
    expect(byBeats.path).toBe(`${file}!/x/r.ecg`);
    await byBeats.close();
  });

  it('knows what belongs to a WFDB header: its signal files, segments and annotations', async () => {
    const signal = (name: string) => `${name} 1 250 20\n${name}.dat 16 200/mV 16 0 0 0 0 II\n`;
    const samples = new Uint8Array(40).fill(1);
    await write([
      { name: 'w/m.hea', bytes: 'm/2 1 250 40\nm1 20\nsub/m2 20\n' },
      { name: 'w/m1.hea', bytes: signal('m1') },
      { name: 'w/m1.dat', bytes: samples },
      { name: 'w/sub/m2.hea', bytes: signal('m2') },
      { name: 'w/sub/m2.dat', bytes: samples },
      { name: 'w/m.atr', bytes: new Uint8Array(2) },
      { name: 'w/other.hea', bytes: signal('../other') },
      { name: 'other.dat', bytes: samples },
    ]);
    expect(valueOf(await zip.recordingsIn!(file))).toEqual([
      `${file}!/w/m.hea`,
      `${file}!/w/other.hea`,
    ]);
    const recording = valueOf(await openRecording(archivePath(file, 'w/m.hea')));
    expect(recording.durationS).toBeCloseTo(40 / 250, 9);
    expect(await recording.annotators()).toEqual(['atr']);
    await recording.close();
    // A header that leads out of its folder is refused, and nothing is written there.
    expect((await openRecording(archivePath(file, 'w/other.hea'))).ok).toBe(false);
  });

  it('gives files the same time whenever they are taken out, so that they look unchanged', async () => {
    await write([{ name: 'b.edf', bytes: edf }]);
    await utimes(file, 1_700_000_000.1234567, 1_700_000_000.1234567);
    const times: number[] = [];
    for (let k = 0; k < 2; k++) {
      const recording = valueOf(await openRecording(file));
      times.push((await stat(recording.files[0]!)).mtimeMs);
      await recording.close();
    }
    expect(times[0]).toBe(times[1]);
    expect(await fileOnDisk(archivePath(file, 'b.edf'))).toBe(file);
    expect(await fileOnDisk(file)).toBe(file);
  });

  it('may lie in a folder whose name looks like the way into one', async () => {
    const odd = path.join(dir, 'old!');
    await mkdir(odd);
    file = path.join(odd, 'a.zip');
    await write([{ name: 'b.edf', bytes: edf }]);
    const recording = valueOf(await zip.open(archivePath(file, 'b.edf')));
    expect(recording.path).toBe(`${file}!/b.edf`);
    await recording.close();
  });
});

describe('an archive that means harm', () => {
  it('writes nothing outside its own folder, and opens the rest', async () => {
    const names = ['../evil.edf', '/evil.edf', 'x/../../evil.edf', 'C:/evil.edf', '..\\evil.edf'];
    await write([...names.map((name) => ({ name, bytes: edf })), { name: 'ok.edf', bytes: edf }]);
    expect(valueOf(await zip.recordingsIn!(file))).toEqual([`${file}!/ok.edf`]);
    for (const name of names) {
      expect(await zip.open(archivePath(file, name))).toMatchObject({
        error: { code: 'not-found' },
      });
    }
    expect(await stat(path.join(dir, '..', 'evil.edf')).catch(() => null)).toBeNull();
  });

  const megabytes = (n: number) => n * 2 ** 20;
  it.each([
    ['states more than an entry may have', { statedBytes: ZIP_LIMITS.entryBytes + 1 }, 'states'],
    ['grows more than recordings do', { bytes: Buffer.alloc(megabytes(20)) }, 'times as many'],
    ['is encrypted', { flags: 1 }, 'encrypted'],
    ['is packed by another method', { method: 14 }, 'method 14'],
  ])('is refused where an entry %s', async (_what, made, words) => {
    await write([{ name: 'b.edf', bytes: edf, ...made }]);
    for (const result of [await zip.open(archivePath(file, 'b.edf')), await openRecording(file)]) {
      expect(!result.ok && result.error.message).toContain(words);
      expect(!result.ok && result.error.message).toMatch(/^a\.zip.*b\.edf.*\.$/);
    }
  });

  it('names the entry that is damaged where nothing in it can be told', async () => {
    const bytes = encodeZip([{ name: 'b.edf', bytes: edf }]);
    // A reserved kind of block (RFC 1951, section 3.2.3) at the beginning of the entry.
    bytes[30 + 'b.edf'.length] = 0b111;
    await writeFile(file, bytes);
    const result = await openRecording(file);
    expect(result).toMatchObject({ error: { code: 'bad-signal' } });
    expect(!result.ok && result.error.message).toMatch(/^a\.zip.*b\.edf is damaged/);
  });

  it('opens what it can beside an entry that it cannot unpack', async () => {
    await write([
      { name: 'a.txt', bytes: 'x', method: 12 },
      { name: 'b.edf', bytes: edf },
    ]);
    expect(valueOf(await zip.recordingsIn!(file))).toEqual([`${file}!/b.edf`]);
    await valueOf(await openRecording(file)).close();
  });

  it.each([
    ['a checksum is wrong', { crc: 1 }],
    ['an entry is longer than stated', { statedBytes: 100 }],
    ['an entry is shorter than stated', { statedBytes: 10_000 }],
  ])('is refused when opened where %s', async (_what, made) => {
    await write([{ name: 'b.edf', bytes: edf, ...made }]);
    const result = await zip.open(archivePath(file, 'b.edf'));
    expect(result).toMatchObject({ error: { code: 'bad-signal' } });
  });

  it.each([
    ['is cut', () => encodeZip([{ name: 'b.edf', bytes: edf }]).subarray(0, -30), 'bad-signal'],
    ['is empty', () => encodeZip([]), 'unknown-format'],
    [
      'holds another archive',
      () => encodeZip([{ name: 'in.zip', bytes: encodeZip([{ name: 'a.edf', bytes: 'x' }]) }]),
      'unsupported',
    ],
    ['holds no recording', () => encodeZip([{ name: 'a.jpg', bytes: 'x' }]), 'unknown-format'],
  ])('says so where it %s', async (_what, make, code) => {
    await writeFile(file, make());
    const result = await openRecording(file);
    expect(result).toMatchObject({ error: { code } });
    expect(!result.ok && result.error.message).toMatch(/^a\.zip.*\.$/);
  });
});

it('takes away what a process left that was killed', async () => {
  const gone = spawnSync(process.execPath, ['-e', '0']).pid;
  const left = path.join(tmpdir(), `fiducial-zip-${gone}-abc`);
  const mine = path.join(tmpdir(), `fiducial-zip-${process.pid}-abc`);
  await mkdir(left, { recursive: true });
  await mkdir(mine, { recursive: true });
  await sweepTemporaryFolders();
  expect(await stat(left).catch(() => null)).toBeNull();
  expect((await stat(mine)).isDirectory()).toBe(true);
  await rm(mine, { recursive: true });
});
