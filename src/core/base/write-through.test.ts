import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { partOf, writeThrough } from './write-through';

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'fiducial-through-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const text = (content: string) => (part: string) => writeFile(part, content);
/** What a process has left that was killed while it wrote `path`: its number is nobody's any more. */
function leftBehind(path: string, machine?: string): string {
  const { pid } = spawnSync(process.execPath, ['--version']);
  const [, mine] = /fiducial-([0-9a-f]{6})-/.exec(partOf(path))!;
  const left = partOf(path)
    .replace(`-${process.pid}-`, `-${pid}-`)
    .replace(`-${mine}-`, `-${machine ?? mine}-`);
  writeFileSync(left, 'half');
  return left;
}

it('gives a file its name when it is whole, and leaves the old one where writing fails', async () => {
  const path = join(dir, 'rows.csv');
  await expect(writeThrough(path, text('one'))).resolves.toBeUndefined();
  const fails = writeThrough(path, async (part) => {
    await writeFile(part, 'half');
    throw new Error('no more');
  });
  await expect(fails).rejects.toThrow('no more');
  expect(readdirSync(dir)).toEqual(['rows.csv']);
  expect(readFileSync(path, 'utf8')).toBe('one');
});

it('takes away what killed processes left, of whatever file of the folder', async () => {
  leftBehind(join(dir, 'report.pdf'));
  leftBehind(join(dir, '100.fid'));
  await writeThrough(join(dir, 'report.pdf'), text('whole'));
  expect(readdirSync(dir)).toEqual(['report.pdf']);
});

it("leaves what is being written, what another machine may be writing, and what is not Fiducial's", async () => {
  const running = partOf(join(dir, 'a.pdf'));
  const others = leftBehind(join(dir, 'b.pdf'), 'ffffff');
  const named = join(dir, '.c.pdf.1234.part');
  for (const path of [running, named]) writeFileSync(path, 'half');
  await writeThrough(join(dir, 'd.pdf'), text('whole'));
  expect(readdirSync(dir).sort()).toEqual(
    [running, others, named, join(dir, 'd.pdf')].map((path) => basename(path)).sort(),
  );
});

it("takes away another machine's after a day without a byte", async () => {
  const left = leftBehind(join(dir, 'b.pdf'), 'ffffff');
  const dayAgoS = Date.now() / 1000 - 25 * 3600;
  utimesSync(left, dayAgoS, dayAgoS);
  await writeThrough(join(dir, 'd.pdf'), text('whole'));
  expect(readdirSync(dir)).toEqual(['d.pdf']);
});
