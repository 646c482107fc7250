import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const NAME = 'forbidden-import-for-this-test';

/** Files that are put into a room, each with one import, and the rule that must refuse it; null: it is allowed. */
const PROBES = [
  {
    room: 'core/dsp',
    name: 'static',
    rule: 'core/dsp',
    text: "import { judge } from '../../analysis/verdict';\nvoid judge;\n",
  },
  {
    room: 'core/dsp',
    name: 'type-only',
    rule: 'core/dsp',
    text: "import type { Analyser } from '../../analysis/analyser';\nexport type A = Analyser;\n",
  },
  {
    room: 'core/dsp',
    name: 'dynamic',
    rule: 'core/dsp',
    text: "export const later = () => import('../../analysis/verdict');\n",
  },
  {
    room: 'core/dsp',
    name: 'allowed',
    rule: null,
    text: "import { fileFailure } from '../../base/file-failure';\nvoid fileFailure;\n",
  },
  {
    room: 'core/dsp',
    name: 'circle',
    rule: 'no-circle',
    text: "import type { Other } from './circle-closed';\nexport type One = Other | null;\n",
  },
  {
    room: 'core/dsp',
    name: 'circle-closed',
    rule: 'no-circle',
    text: "import type { One } from './circle';\nexport type Other = { one: One };\n",
  },
  {
    room: 'cli',
    name: 'static',
    rule: 'doors-take-faces',
    text: "import { judge } from '../../core/analysis/verdict';\nvoid judge;\n",
  },
  {
    room: 'cli',
    name: 'dynamic',
    rule: 'doors-take-faces',
    text: "export const later = () => import('../../core/analysis/verdict');\n",
  },
  {
    room: 'cli',
    name: 'dynamic-face',
    rule: 'faces-are-taken-by-name',
    text: "export const later = () => import('../../core/workbench');\n",
  },
  {
    room: 'cli',
    name: 're-export',
    rule: 'doors-take-faces',
    text: "export { judge } from '../../core/analysis/verdict';\n",
  },
  {
    room: 'cli',
    name: 'faces-and-types',
    rule: null,
    text:
      "import { createWorkbench } from '../../core/workbench';\n" +
      "import type { Analyser } from '../../core/analysis/analyser';\n" +
      'void createWorkbench;\nexport type A = Analyser;\n',
  },
  {
    room: 'server',
    name: 'static',
    rule: 'doors-take-faces',
    text: "import { openSqliteStore } from '../../core/review/store/sqlite-store';\nvoid openSqliteStore;\n",
  },
  {
    room: 'main',
    name: 'static',
    rule: 'doors-take-faces',
    text: "import { createHost } from '../../core/processes/host';\nvoid createHost;\n",
  },
  {
    room: 'preload',
    name: 'type-only',
    rule: 'preload',
    text: "import type { Host } from '../../core/host';\nexport type H = Host;\n",
  },
  {
    room: 'renderer',
    name: 'dynamic',
    rule: 'renderer',
    text: "export const later = () => import('../../core/workbench');\n",
  },
] as const;

const ROOMS = [...new Set(PROBES.map(({ room }) => room))];
const folderIn = (room: string): string => join('src', room, NAME);

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
  /** The files of a circle, which is told of one of them. */
  readonly cycle?: readonly { readonly name: string }[];
}

let violations: readonly Violation[] = [];

// One run for all of them: it takes seconds.
beforeAll(async () => {
  for (const room of ROOMS) await mkdir(join(root, folderIn(room)), { recursive: true });
  for (const { room, name, text } of PROBES)
    await writeFile(join(root, folderIn(room), `${name}.ts`), text);
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const only = ['--do-not-follow', `node_modules|^src/(?!.*${NAME})`];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [cruiser, ...ROOMS.map(folderIn), ...only, '--output-type', 'json'],
    { cwd: root, maxBuffer: 64 * 2 ** 20 },
  ).catch((refused: { stdout: string }) => refused);
  violations = (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
});

afterAll(() =>
  Promise.all(
    ROOMS.map((room) =>
      rm(join(root, folderIn(room)), { recursive: true, force: true, maxRetries: 5 }),
    ),
  ),
);

describe('the rooms of core and the doors', () => {
  it.each(PROBES)('$room, $name: $rule', ({ room, name, rule }) => {
    const refused = violations
      .filter(({ from, cycle = [] }) =>
        [from, ...cycle.map((file) => file.name)].includes(`src/${room}/${NAME}/${name}.ts`),
      )
      .map((violation) => violation.rule.name);
    expect(refused).toEqual(rule === null ? [] : [rule]);
  });
});
