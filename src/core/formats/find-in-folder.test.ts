import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { valueOf } from '../../shared/domain/testing/value-of';
import { findInFolder } from './find-in-folder';
import { openRecording } from './list';
import { encodeEdf } from './edf/testing/encode-edf';
import { withFiles } from './wfdb/testing/files';
import { encodeZip } from './zip/testing/encode-zip';

const edf = encodeEdf({ signals: [{ label: 'II', records: [[1, 2], [3, 4]] }] }); // oxfmt-ignore

async function names(folder: string, options = {}): Promise<string[]> {
  const found = await findInFolder(folder, options);
  if (!found.ok) throw new Error(found.error.message);
  return found.value.paths.map((header) => path.relative(folder, header));
}

it('leaves out segments and layout headers, and keeps headers that cannot be read', () =>
  withFiles(
    {
      'm.hea': 'm/3 1 125 20\nm_layout 0\nm_1 10\nm_2 10',
      'm_layout.hea': 'm_layout 1 125 0\n~ 0',
      'm_1.hea': 'm_1 1 125 10\nm_1.dat 16',
      'm_2.hea': 'm_2 1 125 10\nm_2.dat 16',
      'single.hea': 'single 1 125 10\ns.dat 16',
      'broken.hea': 'nonsense',
      'notes.txt': '',
    },
    async (folder) => expect(await names(folder)).toEqual(['broken.hea', 'm.hea', 'single.hea']),
  ));

it('leaves out segments whose files are in capitals, and keeps what only looks like one', () => {
  const files = {
    'm.hea': 'm/2 1 125 20\nm_1 10\nm_2 10',
    'M_1.HEA': 'm_1 1 125 10\nm_1.dat 16',
    'M_1.DAT': new Uint8Array(20),
    'm_2.hea': 'm_2 1 125 10\nm_2.dat 16',
    'm_2.dat': new Uint8Array(20),
  };
  // Two names that differ in capitals alone may not lie beside each other on every disk.
  const more = { ...files, 'M_2.hea': 'M_2 1 125 10\nm_2.dat 16' };
  const entries = Object.entries(more).map(([name, bytes]) => ({ name, bytes }));
  return withFiles({ ...files, 'a.zip': encodeZip(entries) }, async (folder) => {
    expect(await names(folder)).toEqual(['a.zip!/M_2.hea', 'a.zip!/m.hea', 'm.hea']);
    for (const name of ['m.hea', 'a.zip!/m.hea']) {
      const recording = valueOf(await openRecording(path.join(folder, name)));
      expect([recording.durationS, recording.warnings]).toEqual([20 / 125, []]);
      await recording.close();
    }
  });
});

it('keeps what is called a recording and is empty or damaged, so that it is told of', () =>
  withFiles(
    {
      'empty.edf': '',
      'cut.DCM': Buffer.alloc(10, 1),
      'cut.scp': Buffer.alloc(22, 7),
      '._cut.scp': Buffer.alloc(22, 7),
      'notes.txt': '',
      'x.xml': '<x/>',
      'a.zip': encodeZip([
        { name: 'y.edf', bytes: edf },
        { name: 'empty.edf', bytes: '' },
        { name: '__MACOSX/._y.edf', bytes: Buffer.alloc(30, 7) },
      ]),
    },
    async (folder) => {
      const found = await names(folder);
      expect(found).toEqual([
        'a.zip!/empty.edf',
        'a.zip!/y.edf',
        'cut.DCM',
        'cut.scp',
        'empty.edf',
      ]);
      for (const name of ['a.zip!/empty.edf', 'cut.DCM', 'cut.scp', 'empty.edf']) {
        const opened = await openRecording(path.join(folder, name));
        expect(!opened.ok && opened.error.message).toContain(path.basename(name));
      }
    },
  ));

it('opens no other recording for a damaged one that shares its name', () =>
  withFiles(
    {
      'x.hea': 'x 1 125 4\nx.dat 16',
      'x.dat': Buffer.alloc(8),
      'x.edf': Buffer.alloc(10, 1),
      'y.hea': 'y 1 125 4\ny.scp 16',
      'y.scp': Buffer.alloc(8),
    },
    async (folder) => {
      expect(await names(folder)).toEqual(['x.edf', 'x.hea', 'y.hea']);
      const damaged = await openRecording(path.join(folder, 'x.edf'));
      expect(damaged).toMatchObject({ error: { code: 'unknown-format' } });
      for (const name of ['x.dat', 'x', 'y.scp']) {
        const recording = valueOf(await openRecording(path.join(folder, name)));
        expect(recording.durationS).toBe(4 / 125);
        await recording.close();
      }
    },
  ));

it('finds what only shares the name of a header, and leaves out what a header names', () =>
  withFiles(
    {
      'x.hea': 'x 1 125 4\nx.dat 16',
      'x.dat': Buffer.alloc(8),
      'x.edf': edf,
      'x.atr': Buffer.alloc(2),
      'raw.hea': 'raw 1 125 2\nraw.rec 16+512',
      'raw.rec': edf,
      'a.zip': encodeZip([
        { name: 'y.edf', bytes: edf },
        { name: 'y.dat', bytes: Buffer.alloc(8) },
        { name: 'y.hea', bytes: 'y 1 125 4\ny.dat 16' },
        { name: 'raw.hea', bytes: 'raw 1 125 2\nraw.rec 16+512' },
        { name: 'raw.rec', bytes: edf },
      ]),
    },
    async (folder) =>
      expect(await names(folder)).toEqual([
        'a.zip!/raw.hea',
        'a.zip!/y.edf',
        'a.zip!/y.hea',
        'raw.hea',
        'x.edf',
        'x.hea',
      ]),
  ));

it('searches below, once, in spite of links that lead back', () =>
  withFiles({ 'a.hea': 'a 1\na.dat 16' }, async (folder) => {
    await mkdir(path.join(folder, 'deep/er'), { recursive: true });
    await mkdir(path.join(folder, '.hidden'));
    await writeFile(path.join(folder, 'deep/er/b.hea'), 'b 1\nb.dat 16');
    await writeFile(path.join(folder, '.hidden/c.hea'), 'c 1\nc.dat 16');
    await symlink(folder, path.join(folder, 'deep/loop'), 'junction');
    expect(await names(folder)).toEqual(['a.hea', path.join('deep', 'er', 'b.hea')]);
  }));

it('says where it stopped', () =>
  withFiles({ 'a.hea': 'a 1\na.dat 16', 'b.hea': 'b 1\nb.dat 16' }, async (folder) => {
    await mkdir(path.join(folder, 'one/two'), { recursive: true });
    const shallow = await findInFolder(folder, { maxDepth: 1 });
    expect(shallow.ok && shallow.value.warnings.map((warning) => warning.code)).toEqual([
      'too-deep',
    ]);
    const few = await findInFolder(folder, { maxRecords: 1 });
    expect(few.ok && few.value.paths.length).toBe(1);
    expect(few.ok && few.value.warnings.map((warning) => warning.code)).toEqual([
      'too-many-records',
    ]);
  }));

it('fails for a folder that is not there, and when it is stopped', () =>
  withFiles({ 'a.hea': 'a 1\na.dat 16' }, async (folder) => {
    const absent = await findInFolder(path.join(folder, 'absent'));
    expect(!absent.ok && absent.error.message).toBe('Folder absent does not exist.');
    const stopped = await findInFolder(folder, { signal: AbortSignal.abort() });
    expect(!stopped.ok && stopped.error.code).toBe('cancelled');
  }));

// The superuser may read everything.
it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'reports a folder it may not read',
  () =>
    withFiles({ 'a.hea': 'a 1\na.dat 16' }, async (folder) => {
      const locked = path.join(folder, 'locked');
      await mkdir(locked);
      await chmod(locked, 0);
      const found = await findInFolder(folder);
      await chmod(locked, 0o700);
      expect(found.ok && found.value.warnings[0]?.message).toMatch(/^Folder locked/);
    }),
);
