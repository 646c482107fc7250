/** The built command line, as a person or a script meets it. Needs `npm run build`; skipped without. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pulses, writeRecord } from '../../src/core/recordings/testing/write-record';
import { BIN, IS_BUILT, ROOT, runFiducial, type Ended } from '../support/fiducial';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-cli-'));
});
afterAll(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));

/** @param home one of its own for a test that wants to find nothing done by another */
function environment(home = 'home'): NodeJS.ProcessEnv {
  return { ...process.env, FIDUCIAL_HOME: join(dir, home) };
}

const fiducial = (...args: string[]): Promise<Ended> =>
  runFiducial(args, { env: { FIDUCIAL_HOME: join(dir, 'home') } });

/** Recordings of two minutes that differ by their names, and one broken record. */
async function folder(records: number): Promise<string> {
  const target = join(dir, `records-${records}`);
  await mkdir(target, { recursive: true });
  const shape = { rateHz: 360, seconds: 120, leads: { MLII: pulses, V1: pulses } };
  for (let i = 0; i < records; i++) await writeRecord(target, { name: `r${i}`, ...shape });
  await writeFile(join(target, 'broken.hea'), 'broken 1 0\nbroken.dat 16\n');
  return target;
}

describe.skipIf(!IS_BUILT)('the command line', { timeout: 180_000 }, () => {
  it.each([
    'open',
    'info',
    'scan',
    'detect',
    'annotate',
    'predict',
    'report',
    'review',
    'devices',
    'evaluate',
    'prepare',
    'serve',
  ])('explains %s', async (command) => {
    const { code, stdout } = await fiducial(command, '--help');
    expect(code).toBe(0);
    expect(stdout).toContain(`fiducial ${command}`);
  });

  it('ends with 2 on wrong use and with 1 on what cannot be read', async () => {
    expect((await fiducial('nonsense')).code).toBe(2);
    expect((await fiducial('predict')).code).toBe(2);
    expect((await fiducial('scan', dir)).code).toBe(2);
    expect((await fiducial('scan', dir, '--out', 'x', '--workers', '0')).code).toBe(2);
    expect((await fiducial('serve', '--host', '0.0.0.0')).code).toBe(2);
    expect((await fiducial('serve', '--queue', 'redis://127.0.0.1:1')).code).toBe(2);
    expect((await fiducial('serve', '--jobs', dir)).code).toBe(2);
    const missing = await fiducial('predict', join(dir, 'gone'));
    expect(missing, JSON.stringify(missing)).toMatchObject({ code: 1 });
    expect(missing.stdout).toBe('');
    expect(missing.stderr).toMatch(/gone/);
  });

  it('says how a token is kept from other users, and warns of one that is not', async () => {
    expect((await fiducial('serve', '--help')).stdout).toContain('FIDUCIAL_TOKEN');
    const told = await fiducial('serve', '--token', 'x', '--root', join(dir, 'gone'));
    expect(told).toMatchObject({ code: 2 });
    expect(told.stderr).toMatch(/every user .* FIDUCIAL_TOKEN/);
  });

  it('prints nothing that a terminal acts on, whatever a file holds', async () => {
    const header = await readFile(join(ROOT, 'resources/demo/demo.hea'), 'utf8');
    const target = join(dir, 'escapes');
    await mkdir(target);
    await copyFile(join(ROOT, 'resources/demo/demo.dat'), join(target, 'demo.dat'));
    await writeFile(
      join(target, 'demo.hea'),
      `${header.replace('MLII', '\u001b[31mII')}\n# \u001b]0;title\u0007 \u009b2J\n`,
    );
    for (const command of [
      ['info', join(target, 'demo')],
      ['info', join(target, 'demo'), '--json'],
      ['info', join(target, '\u001b[31mgone')],
      ['findings', join(target, 'demo')],
      ['\u001b[31m'],
    ]) {
      const { stdout, stderr } = await fiducial(...command);
      // eslint-disable-next-line no-control-regex -- these are what is looked for
      expect([command, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.exec(stdout + stderr)]).toEqual([
        command,
        null,
      ]);
      expect(stdout + stderr).not.toBe('');
    }
  });

  it('predicts the demo: it holds premature beats and fibrillation, so it is Abnormal', async () => {
    const demo = join(ROOT, 'resources/demo/demo');
    const plain = await fiducial('predict', demo);
    expect(plain).toMatchObject({ code: 0 });
    expect(plain.stdout).toMatch(/^Abnormal [01]\.\d{4}\n$/);
    const json = JSON.parse((await fiducial('predict', demo, '--json')).stdout) as {
      segments: unknown[];
    };
    expect(json).toMatchObject({ verdict: 'Abnormal', durationS: 600 });
    expect(json.segments).toHaveLength(119);
  });

  it('scans a folder with a broken record: a row for each, and exit code 1', async () => {
    const out = join(dir, 'rows.jsonl');
    const { code, stdout } = await fiducial('scan', await folder(2), '--out', out, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ records: 3, failed: 1 });
    const rows = (await readFile(out, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows.map(({ record }) => record)).toEqual(['broken', 'r0', 'r1']);
    expect(rows[0]).toMatchObject({ error: { code: 'bad-header' }, segments: [] });
    expect(Object.keys(rows[1]!)).toEqual([
      'record',
      'path',
      'format',
      'fs',
      'durationS',
      'analysableS',
      'leads',
      'lead',
      'model',
      'scheme',
      'threshold',
      'warnings',
      'rhythm',
      'heartRate',
      'findings',
      'teaching',
      'segments',
    ]);
    expect(rows[1]!['segments']).toEqual(rows[2]!['segments']);
    expect(existsSync(`${out}.partial`)).toBe(false);

    const csv = join(dir, 'rows.csv');
    await fiducial('scan', await folder(2), '--out', csv, '--format', 'csv');
    expect((await readFile(csv, 'utf8')).split('\r\n')).toHaveLength(5);
  });

  it('goes on after a kill and ends with what an undisturbed scan gives', async () => {
    const records = await folder(6);
    const whole = join(dir, 'whole.jsonl');
    await fiducial('scan', records, '--out', whole);
    const out = join(dir, 'killed.jsonl');
    const child = spawn(process.execPath, [BIN, 'scan', records, '--out', out, '--workers', '1'], {
      env: environment('killed'),
      stdio: 'ignore',
    });
    const ended = new Promise((done) => child.once('exit', done));
    const finishedRows = async (): Promise<number> =>
      existsSync(`${out}.partial`)
        ? (await readFile(`${out}.partial`, 'utf8')).split('\n').length - 2
        : 0;
    await expect.poll(finishedRows, { timeout: 90_000, interval: 20 }).toBeGreaterThanOrEqual(2);
    child.kill('SIGKILL');
    await ended;
    expect(existsSync(out)).toBe(false);
    const { code } = await fiducial('scan', records, '--out', out);
    expect(code).toBe(1);
    expect(await readFile(out, 'utf8')).toBe(await readFile(whole, 'utf8'));
  });

  it('stops a scan on Ctrl-C with exit code 130 and a partial file to go on from', async () => {
    const records = await folder(6);
    const out = join(dir, 'stopped.jsonl');
    const child = spawn(process.execPath, [BIN, 'scan', records, '--out', out, '--workers', '1'], {
      env: environment('stopped'),
      stdio: 'ignore',
    });
    const ended = new Promise<number | null>((done) => child.once('exit', done));
    await expect
      .poll(() => existsSync(`${out}.partial`), { timeout: 60_000, interval: 20 })
      .toBe(true);
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect([existsSync(out), existsSync(`${out}.partial`)]).toEqual([false, true]);
  });
});
