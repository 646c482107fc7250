import { appendFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { err, ok } from '../../shared/domain';
import { openPartialFile } from './partial-file';
import { NOT_KEPT } from './scan-recordings';
import { SCAN_CSV_HEADER, scanCsvLine } from './scan-csv';
import { scanParquet } from './scan-parquet';
import { scanRecords, type ScanProgress } from './scan-records';
import { errorRow, type ScanRow } from './scan-row';

function row(path: string): ScanRow {
  const base = errorRow(path, { code: 'not-wfdb', message: '' });
  return {
    ...base,
    error: undefined,
    fs: 360,
    durationS: 10,
    lead: 'MLII',
    leads: [{ name: 'MLII', isEcg: true, offS: 0, noisyS: 0 }],
  };
}

const never = new AbortController().signal;

describe('scanRecords', () => {
  it('gives every record a row, whatever happens to the others', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const rows: ScanRow[] = [];
    const progress: ScanProgress[] = [];
    const scanned = await scanRecords({
      paths: ['/a.hea', '/broken.hea', '/bug.hea', '/b.hea'],
      workers: 2,
      signal: never,
      async analyse(path) {
        if (path.includes('bug')) throw new Error('index out of range');
        return path.includes('broken') ? err('bad-header', 'No rate.') : ok(row(path));
      },
      onRow: (r, index) => void (rows[index] = r),
      onProgress: (p) => void progress.push(p),
    });
    expect(scanned).toMatchObject({ ok: true, value: { done: 4, total: 4, failed: 2 } });
    expect(rows.map(({ record, error }) => [record, error?.code])).toEqual([
      ['a', undefined],
      ['broken', 'bad-header'],
      ['bug', 'bad-signal'],
      ['b', undefined],
    ]);
    expect(progress.at(-1)).toMatchObject({ done: 4, current: null });
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
  });

  it('works on as many records at a time as asked, and does known ones not again', async () => {
    let flying = 0;
    let most = 0;
    const analysed: string[] = [];
    const paths = Array.from({ length: 9 }, (_, i) => `/${i}.hea`);
    await scanRecords({
      paths: paths,
      workers: 3,
      signal: never,
      known: async (path) => (path === '/4.hea' ? row(path) : null),
      async analyse(path) {
        most = Math.max(most, ++flying);
        analysed.push(path);
        await new Promise((resolve) => setTimeout(resolve, 3));
        flying--;
        return ok(row(path));
      },
      onRow: () => undefined,
    });
    expect(most).toBe(3);
    expect(analysed.sort()).toEqual(paths.filter((path) => path !== '/4.hea'));
  });

  it('stops when cancelled and gives no row for what it broke off', async () => {
    const controller = new AbortController();
    const rows: string[] = [];
    const scanned = await scanRecords({
      paths: ['/0.hea', '/1.hea', '/2.hea'],
      workers: 1,
      signal: controller.signal,
      async analyse(path) {
        if (path === '/1.hea') controller.abort();
        return ok(row(path));
      },
      onRow: (r) => void rows.push(r.path),
    });
    expect(scanned).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(rows).toEqual(['/0.hea']);
  });
});

describe('the partial file of a scan', () => {
  let dir: string;
  let out: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'fiducial-scan-'));
    out = join(dir, 'rows.jsonl');
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  async function open(scan = 'model 1') {
    const opened = await openPartialFile(out, scan);
    if (!opened.ok) throw new Error(opened.error.message);
    return opened.value;
  }

  it('gives back the finished rows of a killed scan, up to a torn last line', async () => {
    const first = await open();
    await first.append('f1', row('/1.hea'));
    await first.append('f2', row('/2.hea'));
    await first.append('f3', errorRow('/3.hea', { code: 'bad-header', message: 'x' }));
    const unkept = [{ code: NOT_KEPT, message: 'The disk is full.' }];
    await first.append('f5', { ...row('/5.hea'), warnings: unkept });
    await appendFile(`${out}.partial`, '{"fingerprint":"f4","row":{"rec');
    await first.close();

    const second = await open();
    expect(second.known('/1.hea', 'f1')).toEqual(row('/1.hea'));
    expect(second.known('/2.hea', 'changed since')).toBeNull();
    expect(second.known('/3.hea', 'f3')).toBeNull();
    expect(second.known('/5.hea', 'f5')).toBeNull();
    await second.append('f4', row('/4.hea'));
    await second.close();
    const third = await open();
    expect(third.known('/4.hea', 'f4')).toEqual(row('/4.hea'));
    expect(third.known('/1.hea', 'f1')).not.toBeNull();
    await third.close();
  });

  it('takes up nothing from the scan of another model, nor from a file that is none', async () => {
    const first = await open();
    await first.append('f1', row('/1.hea'));
    await first.close();
    const other = await open('model 2');
    expect(other.known('/1.hea', 'f1')).toBeNull();
    await other.close();
    await writeFile(`${out}.partial`, 'not\njson');
    const broken = await open();
    expect(broken.known('/1.hea', 'f1')).toBeNull();
    await broken.close();
  });

  it('leaves rows that it cannot read where they are, and says so', async () => {
    await mkdir(`${out}.partial`);
    await writeFile(join(`${out}.partial`, 'rows'), 'of somebody');
    const opened = await openPartialFile(out, 'model 1');
    expect(opened).toMatchObject({ ok: false, error: { code: 'not-readable' } });
    expect(await readdir(dir)).toEqual(['rows.jsonl.partial']);
  });

  it('puts the finished file into its place and leaves nothing else', async () => {
    const partial = await open();
    await partial.append('f1', row('/1.hea'));
    expect(await partial.finish(['a\n', 'b\n'])).toEqual(ok(undefined));
    expect(await readFile(out, 'utf8')).toBe('a\nb\n');
    expect(await readdir(dir)).toEqual(['rows.jsonl']);
  });

  it('says that it cannot write, by name', async () => {
    const opened = await openPartialFile(join(dir, 'missing', 'rows.jsonl'), 'm');
    expect(opened).toMatchObject({ ok: false, error: { code: 'not-writable' } });
    expect(!opened.ok && opened.error.message).toContain('rows.jsonl');
  });
});

describe('scanCsvLine', () => {
  it('has a field for every column, quoted where needed, with no formula', () => {
    const line = scanCsvLine({
      ...row('/data/=1+1, "x".hea'),
      segments: [
        { startS: 0, endS: 10, verdict: 'Normal', probability: 0.25, reason: null, refer: false },
        { startS: 5, endS: 15, verdict: 'Abnormal', probability: 0.75, reason: null, refer: false },
        {
          startS: 10,
          endS: 20,
          verdict: 'Unreadable',
          probability: null,
          reason: 'flat',
          refer: false,
        },
      ],
    });
    expect(line).toContain(`'=1+1`);
    const fields = line.replaceAll(/"(?:[^"]|"")*"/g, 'quoted').split(',');
    expect(fields).toHaveLength(SCAN_CSV_HEADER.split(',').length);
    expect(fields.slice(10, 15)).toEqual(['3', '1', '1', '0.75', '5']);
  });
});

it('makes a typed table of the same columns', async () => {
  const bytes = scanParquet([
    row('/a.hea'),
    errorRow('/b.hea', { code: 'not-wfdb', message: 'b.hea is empty.' }),
  ]);
  const rows = await parquetReadObjects({ file: bytes.slice().buffer });
  expect(Object.keys(rows[0]!).join()).toBe(SCAN_CSV_HEADER);
  expect(rows).toMatchObject([
    { path: '/a.hea', fs: 360, durationS: 10, segments: 0, maxProbability: null, errorCode: null },
    { path: '/b.hea', fs: null, errorMessage: 'b.hea is empty.' },
  ]);
});
