import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { requireBuild } from '../../tests/contract/double/require-build';
import { ROOT } from '../build-if-needed.mjs';

const MAIN = join(ROOT, 'out', 'main');

/** What a built module loads before its first line: files of the build, and packages. */
function loadedBy(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const code = readFileSync(file, 'utf8');
  for (const [, id] of code.matchAll(/^(?:import|export)\b[^'"\n]*["']([^"']+)["'];?$/gm)) {
    if (id!.startsWith('.')) loadedBy(join(dirname(file), id!), seen);
    else if (!/^node:|^(stream|zlib|fs|module|crypto|util|path|buffer|events)$/.test(id!)) {
      seen.add(id!);
    }
  }
  return seen;
}

/** Packages among them. */
const packagesOf = (file: string): string[] =>
  [...loadedBy(file)].filter((id) => !id.startsWith('/')).sort();
const chunk = (name: string): string =>
  join(
    MAIN,
    'chunks',
    readdirSync(join(MAIN, 'chunks')).find((file) =>
      new RegExp(`^${name}-[\\w-]{8}\\.js$`).test(file),
    )!,
  );

beforeAll(() => requireBuild());

it('a command that opens a recording loads neither the store, nor threads, nor networks', () => {
  expect(packagesOf(chunk('info'))).toEqual([]);
});

it('a worker thread loads no task before it is asked for one', () => {
  expect(packagesOf(join(MAIN, 'worker.js'))).toEqual([]);
  const files = [...loadedBy(join(MAIN, 'worker.js'))].join('\n');
  expect(files).not.toMatch(/report-job|[\w-]+-task-/);
});

it('the process of the networks, and threads that draw or look for beats, make no schema', () => {
  for (const file of [join(MAIN, 'inference.js'), chunk('tile-task'), chunk('beat-task')]) {
    const ours = [...loadedBy(file)].filter((one) => one.startsWith('/'));
    const making = ours.filter((one) => readFileSync(one, 'utf8').includes('ZodObject'));
    expect(making, file).toEqual([]);
  }
});

it('the program by itself loads no command', () => {
  expect(packagesOf(join(MAIN, 'cli.js'))).toEqual([]);
  expect([...loadedBy(join(MAIN, 'cli.js'))].join('\n')).not.toMatch(/\/(list|schemas)-/);
});

it('the report’s writer loads itself: no package is read one file at a time', () => {
  expect(packagesOf(chunk('report-job'))).toEqual([]);
});
