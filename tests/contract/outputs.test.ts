/** Where the command line's results go, and what it says where they cannot. Needs `npm run build`; skipped without. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeTestModel } from '../../src/core/inference/testing/model-fixture';
import { IS_BUILT, ROOT, waitForFiducial, type Ended } from '../support/fiducial';

const DEMO = join(ROOT, 'resources/demo/demo.hea');

let dir: string;
let broken: string;
/** Twelve seconds in a table of its own. */
let table: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'fiducial-outputs-'));
  await writeTestModel(join(dir, 'models'));
  broken = join(dir, 'broken.hea');
  writeFileSync(broken, 'broken 1 0\nbroken.dat 16\n');
  mkdirSync(join(dir, 'kept'));
  table = join(dir, 'kept', 'table.csv');
  const rows = Array.from({ length: 3000 }, (_, i) => `${i / 250},${Math.sin(i / 9).toFixed(3)}`);
  writeFileSync(table, ['time [s],II [mV]', ...rows, ''].join('\n'));
});
afterAll(() => rmSync(dir, { recursive: true }));

/** @param to a file that standard output goes to, instead of to us */
const fiducial = (args: readonly string[], to?: string): Ended => {
  // Which network answers is not asked, and the shipped one takes half a second to load; `annotate` wants one of beats.
  const models = args[0] === 'annotate' ? {} : { FIDUCIAL_MODELS: join(dir, 'models') };
  return waitForFiducial(args, {
    cwd: dir,
    env: { FIDUCIAL_HOME: join(dir, 'home'), ...models },
    to,
  });
};

const hasFullDevice = existsSync('/dev/full');

describe.skipIf(!IS_BUILT)('what the command line writes', { timeout: 120_000 }, () => {
  it.skipIf(!hasFullDevice)('is no success where standard output takes nothing', () => {
    const { code, stderr } = fiducial(['info', DEMO, '--json'], '/dev/full');
    expect(code).toBe(1);
    expect(stderr).toMatch(/could not be written to standard output: the disk is full/);
  });

  it.skipIf(!hasFullDevice)('does not take the place of a device', () => {
    const { code, stderr } = fiducial(['scan', broken, '--out', '/dev/full']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/\/dev\/full cannot be written: the disk is full/);
    expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
    expect(existsSync('/dev/full.partial')).toBe(false);
  });

  it('goes to standard output where --out is -, with the summary apart', () => {
    const { stdout, stderr } = fiducial(['scan', broken, '--out', '-']);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toMatchObject([{ path: broken }]);
    expect(stderr).toMatch(/1 records, 0 analysed, 1 failed/);
    expect(existsSync(join(dir, '-'))).toBe(false);
  });

  it.each([
    ['report', [DEMO, '--out']],
    ['scan', [DEMO, '--out']],
    ['evaluate', [dirname(DEMO), '--html']],
  ])('is refused at once by %s where it cannot be written', (command, args) => {
    for (const target of [join(dir, 'no-folder', 'x'), dir]) {
      const { code, stderr, stdout } = fiducial([command, ...args, target]);
      expect(code).toBe(1);
      expect(stderr).toMatch(/cannot be written: there is no folder|is no file that could be/);
      expect(stderr).not.toMatch(/analys/);
      expect(stdout).toBe('');
    }
  });

  it('is refused at once by annotate where the folder cannot be, or the file is there', () => {
    const file = join(dir, 'plain');
    writeFileSync(file, '');
    for (const command of ['annotate', 'convert']) {
      const form = command === 'convert' ? ['--to', 'wfdb'] : [];
      const { code, stderr } = fiducial([command, DEMO, ...form, '--out', file]);
      expect({ command, code }).toEqual({ command, code: 1 });
      expect(stderr).toMatch(/plain/);
      expect(stderr).not.toMatch(/EEXIST|ENOTDIR|mkdir/);
    }
    expect(fiducial(['annotate', DEMO, '--out', join(file, 'x')])).toMatchObject({ code: 1 });
    const out = join(dir, 'annotated');
    expect(fiducial(['detect', DEMO, '--out', out])).toMatchObject({ code: 0 });
    const again = fiducial(['detect', DEMO, '--out', out]);
    expect(again.code).toBe(1);
    expect(again.stderr).toMatch(/exists already/);
    expect(readdirSync(out)).toEqual(['demo.qrs']);
  });

  it('never takes the place of a recording, of a file of one, or of the store', () => {
    const folder = join(dir, 'kept');
    for (const end of ['.hea', '.dat'])
      copyFileSync(DEMO.replace(/\.hea$/, end), join(folder, `demo${end}`));
    expect(fiducial(['info', table]).code).toBe(0);
    const store = join(dir, 'home', 'fiducial.db');
    fiducial(['scan', broken, '--out', '-']);
    const bytesOf = (): string[] =>
      [join(folder, 'demo.hea'), join(folder, 'demo.dat'), table, store].map((path) =>
        readFileSync(path).toString('latin1'),
      );
    const before = bytesOf();
    const demo = join(folder, 'demo');
    for (const args of [
      ['report', demo, '--out', `${demo}.dat`],
      ['report', demo, '--out', `${demo}.hea`],
      ['report', table, '--out', table],
      ['scan', broken, '--out', `${demo}.hea`],
      ['scan', table, '--out', table],
      ['scan', broken, '--format', 'csv', '--out', table],
      ['scan', folder, '--format', 'csv', '--out', table],
      ['store', 'export', '--out', `${demo}.dat`],
      ['store', 'export', '--out', store],
    ]) {
      const { code, stderr } = fiducial(args);
      expect({ args, code }).toEqual({ args, code: 1 });
      expect(stderr).toMatch(/is not replaced: name another file/);
      expect(bytesOf()).toEqual(before);
    }
    // What was written before beside a recording, under its name, is replaced as any other.
    for (const end of ['.pdf', '.jsonl', '.csv', '.dcm']) {
      const earlier = join(folder, `demo${end}`);
      writeFileSync(earlier, 'of an earlier run');
      const { code, stderr } = fiducial(['store', 'export', '--out', earlier]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.any(String) as string });
      expect(readFileSync(earlier, 'utf8')).not.toBe('of an earlier run');
    }
    const out = join(folder, 'rows.csv');
    for (let run = 0; run < 2; run++) {
      const { stderr } = fiducial(['scan', broken, '--format', 'csv', '--out', out]);
      expect(stderr).not.toMatch(/not replaced/);
    }
  });

  it('is incomplete where a path could not be searched', () => {
    const { code, stderr, stdout } = fiducial([
      'scan',
      join(dir, 'nowhere'),
      table,
      '--out',
      join(dir, 'rows'),
    ]);
    expect(stderr).toMatch(/nowhere/);
    // What could be searched was analysed: the place alone makes it incomplete.
    expect(stdout).toMatch(/1 records, 1 analysed, 0 failed/);
    expect(code).toBe(1);
  });
});
