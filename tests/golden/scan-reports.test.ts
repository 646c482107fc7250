import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** `fiducial scan --reports`: a report for every record that can be read, and none overwrites another. */
const PROJECT = join(import.meta.dirname, '../..');

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'fiducial-scan-reports-'));
  for (const folder of ['one', 'two']) {
    cpSync(join(PROJECT, 'resources/demo'), join(dir, 'records', folder), { recursive: true });
  }
  writeFileSync(join(dir, 'records', 'broken.hea'), 'broken 1 360 3600\nbroken.dat 16 x 12\n');
});
afterAll(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }));

it('writes one whole report a record, also where two share a name', { timeout: 600_000 }, () => {
  const scan = spawnSync(
    process.execPath,
    [
      join(PROJECT, 'bin/fiducial.mjs'),
      'scan',
      join(dir, 'records'),
      '--out',
      join(dir, 'rows.jsonl'),
      '--reports',
      join(dir, 'reports'),
    ],
    { env: { ...process.env, FIDUCIAL_HOME: join(dir, 'store') }, encoding: 'utf8' },
  );
  expect(scan.status, scan.stderr).toBe(1); // one record is broken
  const reports = readdirSync(join(dir, 'reports'));
  expect(reports).toHaveLength(2);
  expect(reports).toContain('demo.pdf');
  expect(reports.find((name) => name !== 'demo.pdf')).toMatch(/^(one|two)-demo\.pdf$/);
  for (const name of reports) {
    const pdf = readFileSync(join(dir, 'reports', name), 'latin1');
    expect(pdf.startsWith('%PDF-1.7')).toBe(true);
    expect(pdf.trimEnd().endsWith('%%EOF')).toBe(true);
  }
  const rows = readFileSync(join(dir, 'rows.jsonl'), 'utf8').trim().split('\n');
  expect(rows).toHaveLength(3);
});
