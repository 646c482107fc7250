/** Bad records of every kind that users meet: each gives one sentence that names the file and the field. */
import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../shared/domain';
import { warningSaid } from '../../../shared/domain/said';
import { openRecord, readAnnotations, writeAnnotations, type Annotation } from '.';
import { LIMITS } from './limits';
import { encodeSamples } from './testing/encode';
import { withFiles, type Files } from './testing/files';

const samples = encodeSamples(16, [1, 2, 3, 4]);

const errors: readonly [what: string, files: Files, code: ErrorCode, names: RegExp][] = [
  ['no header', { 'r.txt': '' }, 'not-found', /r\.hea does not exist/],
  ['an empty header', { 'r.hea': '' }, 'not-wfdb', /r\.hea is empty/],
  ['a picture', { 'r.hea': Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0]) }, 'not-wfdb', /r\.hea/],
  ['a file without a header', { r: 'hello' }, 'not-wfdb', /^r has no WFDB header/],
  [
    'an oversized header',
    { 'r.hea': new Uint8Array(LIMITS.headerBytes + 1).fill(35) },
    'too-large',
    /r\.hea/,
  ],
  ['10,000 signals', { 'r.hea': 'r 10000 360 5' }, 'too-large', /r\.hea: number of signals 10000/],
  [
    'a header that names itself',
    { 'r.hea': 'r 1 360 4\nr.hea 16' },
    'bad-header',
    /r\.hea names itself as the file of its samples/,
  ],
  [
    'a rate of zero',
    { 'r.hea': 'r 1 0 4\nr.dat 16', 'r.dat': samples },
    'bad-header',
    /r\.hea: sampling frequency/,
  ],
  [
    'an absurd rate',
    { 'r.hea': 'r 1 1e99 4\nr.dat 16', 'r.dat': samples },
    'too-large',
    /r\.hea: sampling frequency/,
  ],
  [
    'a gain of NaN',
    { 'r.hea': 'r 1 360 4\nr.dat 16 NaN', 'r.dat': samples },
    'bad-header',
    /r\.hea, signal 0: gain/,
  ],
  [
    'a gain next to nothing',
    { 'r.hea': 'r 1 360 4\nr.dat 16 1e-320', 'r.dat': samples },
    'bad-header',
    /r\.hea, signal 0: gain/,
  ],
  [
    'frames of a million samples',
    { 'r.hea': `r 5 360\n${'r.dat 16x65536\n'.repeat(5)}`, 'r.dat': samples },
    'too-large',
    /r\.hea: 327680 samples per frame/,
  ],
  [
    'a recording of centuries',
    { 'r.hea': 'r 1 1e-9\nr.dat 16', 'r.dat': samples },
    'too-large',
    /r\.hea: 4 samples/,
  ],
  [
    'an unknown format',
    { 'r.hea': 'r 1 360 4\nr.dat 99', 'r.dat': samples },
    'unsupported',
    /r\.hea, signal 0: signal format 99/,
  ],
  ['no signals', { 'r.hea': 'r 0 360 4' }, 'unsupported', /r\.hea declares no signals/],
  [
    'an empty signal file',
    { 'r.hea': 'r 1 360 4\nr.dat 16', 'r.dat': '' },
    'bad-signal',
    /r\.dat holds no samples/,
  ],
  [
    'a missing signal file',
    { 'r.hea': 'r 2 360 4\nq.dat 16\nq.dat 16', 'r.dat': samples },
    'not-found',
    /r\.hea needs q\.dat/,
  ],
  [
    'two formats in one file',
    { 'r.hea': 'r 2 360 4\nr.dat 16\nr.dat 212', 'r.dat': samples },
    'bad-header',
    /r\.dat have different formats/,
  ],
  [
    'an absolute path',
    { 'r.hea': 'r 1 360 4\n/etc/hostname 16' },
    'bad-header',
    /r\.hea: file name .*outside/,
  ],
  [
    'a path upwards',
    { 'r.hea': 'r 1 360 4\n../../x.dat 16' },
    'bad-header',
    /r\.hea: file name .*outside/,
  ],
  [
    'a hidden path upwards',
    { 'r.hea': 'r 1 360 4\na/../../x.dat 16' },
    'bad-header',
    /r\.hea: file name .*outside/,
  ],
  [
    'a Windows path',
    { 'r.hea': 'r 1 360 4\nC:\\x.dat 16' },
    'bad-header',
    /r\.hea: file name .*outside/,
  ],
  ['a folder as signal file', { 'r.hea': 'r 1 360 4\n. 16' }, 'bad-header', /r\.hea: file name/],
  ['a segment upwards', { 'r.hea': 'r/1 1 360 4\n../s 4' }, 'bad-header', /r\.hea.*segment name/],
  [
    'a missing segment',
    { 'r.hea': 'r/1 1 360 4\ns 4' },
    'not-found',
    /r\.hea: s\.hea does not exist/,
  ],
  [
    'a record within itself',
    { 'r.hea': 'r/1 1 360 4\nr 4' },
    'unsupported',
    /r\.hea: segment r consists of segments/,
  ],
  ['gaps only', { 'r.hea': 'r/1 1 360 4\n~ 4' }, 'bad-header', /r\.hea consists of gaps only/],
  [
    'segments of a year',
    { 'r.hea': 'r/2 1 1\ns 4\n~ 99999999999', 's.hea': 's 1 1 4\ns.dat 16', 's.dat': samples },
    'too-large',
    /r\.hea/,
  ],
  [
    'a segment at another rate',
    { 'r.hea': 'r/1 1 360 4\ns 4', 's.hea': 's 1 180 4\ns.dat 16', 's.dat': samples },
    'bad-header',
    /r\.hea: segment s has 180/,
  ],
  [
    'a layout header',
    { 'r.hea': 'r 1 360 0\n~ 0 200 12 0 0 0 0 II' },
    'unsupported',
    /r\.hea has no samples of its own/,
  ],
  [
    'FLAC that is none',
    { 'r.hea': 'r 1 360 4\nr.dat 516', 'r.dat': samples },
    'bad-signal',
    /r\.dat is not a FLAC file/,
  ],
];

describe('records that cannot be opened', () => {
  it.each(errors)('%s', (_, files, code, names) =>
    withFiles(files, async (folder) => {
      const opened = await openRecord(path.join(folder, 'r'));
      expect(opened.ok).toBe(false);
      if (opened.ok) return;
      expect(opened.error.code).toBe(code);
      expect(opened.error.message).toMatch(names);
      expect(opened.error.message).not.toContain(folder);
    }),
  );
});

const warned: readonly [what: string, files: Files, code: string][] = [
  ['a truncated signal file', { 'r.hea': 'r 1 360 400\nr.dat 16', 'r.dat': samples }, 'short-file'],
  ['a longer signal file', { 'r.hea': 'r 1 360 3\nr.dat 16', 'r.dat': samples }, 'long-file'],
  [
    'a longer segment',
    { 'r.hea': 'r/1 1 360 3\ns 3', 's.hea': 's 1 360 4\ns.dat 16', 's.dat': samples },
    'long-segment',
  ],
  ['a wrong checksum', { 'r.hea': 'r 1 360 4\nr.dat 16 1 0 0 1 99', 'r.dat': samples }, 'checksum'],
  [
    'a wrong total length',
    { 'r.hea': 'r/1 1 360 9\ns 4', 's.hea': 's 1 360 4\ns.dat 16', 's.dat': samples },
    'length',
  ],
  [
    'byte offsets that differ',
    { 'r.hea': 'r 2 360 2\nr.dat 16\nr.dat 16+4', 'r.dat': samples },
    'byte-offset',
  ],
];

describe('records that are read with a warning', () => {
  it.each(warned)('%s', (_, files, code) =>
    withFiles(files, async (folder) => {
      const opened = await openRecord(path.join(folder, 'r'));
      if (!opened.ok) throw new Error(opened.error.message);
      const found = await opened.value.verify();
      expect(found.ok && found.value.map((warning) => warning.code)).toContain(code);
      expect((await opened.value.readPhysical(0, 0, opened.value.frames)).ok).toBe(true);
      await opened.value.close();
    }),
  );
});

it.each([
  [
    'what fills the last block of format 310',
    'r 1 360 4\nr.dat 310',
    encodeSamples(310, [1, 2, 3, 4, 0, 0]),
  ],
  ['what skew moves on', 'r 1 360 3\nr.dat 16:1', samples],
])('does not take %s for more than is declared', (_, header, dat) =>
  withFiles({ 'r.hea': header, 'r.dat': dat }, async (folder) => {
    const opened = await openRecord(path.join(folder, 'r'));
    if (!opened.ok) throw new Error(opened.error.message);
    expect(opened.value.warnings).toEqual([]);
    await opened.value.close();
  }),
);

it('refuses a folder that poses as a signal file or header', () =>
  withFiles({ 'r.hea': 'r 1 360 4\nd 16' }, async (folder) => {
    await mkdir(path.join(folder, 'd'));
    await mkdir(path.join(folder, 'q.hea'));
    const opened = await openRecord(path.join(folder, 'r'));
    expect(!opened.ok && opened.error.message).toBe('r.hea needs d: d is not a regular file.');
    const other = await openRecord(path.join(folder, 'q'));
    expect(!other.ok && other.error.code).toBe('not-wfdb');
  }));

it.skipIf(process.platform === 'win32')('refuses a device, which would never end', () =>
  withFiles({ 'r.hea': 'r 1 360 4\nr.dat 16' }, async (folder) => {
    await symlink('/dev/zero', path.join(folder, 'r.dat'));
    const opened = await openRecord(path.join(folder, 'r'));
    expect(!opened.ok && opened.error.code).toBe('not-readable');
  }),
);

it('warns of annotations past the end', () =>
  withFiles({ 'r.atr': writeAnnotations([note(10), note(100), note(101)]) }, async (folder) => {
    const read = await readAnnotations(path.join(folder, 'r.atr'), {
      frames: 100,
      frameRateHz: 360,
    });
    expect(read.ok && read.value.warnings).toEqual([
      warningSaid('outside-recording', 'warnings.outsideRecording', {
        name: 'r.atr',
        outside: 1,
        count: 3,
      }),
    ]);
    expect(read.ok && read.value.warnings[0]!.message).toBe(
      'r.atr: 1 of 3 annotations lies outside the recording.',
    );
  }));

function note(sample: number): Annotation {
  return { sample, symbol: 'N', subtype: 0, chan: 0, num: 0, aux: '' };
}

describe('annotation files', () => {
  it.each([
    ['absent', null, 'not-found'],
    ['oversized', new Uint8Array(LIMITS.annotationBytes + 2), 'too-large'],
    ['empty', new Uint8Array(0), 'bad-annotation'],
    ['one byte', Uint8Array.from([1]), 'bad-annotation'],
    ['a modifier alone', Uint8Array.from([3, 0xfc, 65, 66, 67, 0]), 'bad-annotation'],
  ] as const)('%s: a clear error', (_, bytes, code) =>
    withFiles(bytes === null ? {} : { 'r.atr': bytes }, async (folder) => {
      const read = await readAnnotations(path.join(folder, 'r.atr'));
      expect(!read.ok && read.error.code).toBe(code);
      expect(!read.ok && read.error.message).toContain('r.atr');
    }),
  );
});
