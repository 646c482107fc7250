import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ESLint } from 'eslint';
import js from '@eslint/js';
import ts from 'typescript-eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROKEN } from './broken-rules';

const ROOT = join(import.meta.dirname, '..', '..');
const OXLINT = join(ROOT, 'node_modules', 'oxlint', 'bin', 'oxlint');

/** A way out of each room, and modules of other runtimes, that the room must refuse; it takes what lies in itself. */
const FOREIGN: Readonly<Record<string, readonly string[]>> = {
  shared: ['../core/a', '../../renderer/a', 'node:fs', 'electron', 'vue', '../cli', '../server/a'],
  core: ['../main/a', '../../server/a', 'electron', 'electron/main', 'pinia', '../preload'],
  server: ['../main/a', '../../cli/a', 'electron', 'uplot', '../renderer'],
  cli: ['../main/a', '../../preload/a', 'electron', 'vue', '../renderer/a'],
  main: ['../preload/a', '../../renderer/a', 'vue', '../server', '../cli/a'],
  preload: ['../core/a', '../../main/a', 'node:path', 'fastify', '@fastify/static', 'pinia'],
  renderer: ['../core/a', '../../main/a', 'libsql', 'electron', '../cli/a', '../server'],
};

interface Finding {
  readonly file: string;
  readonly rule: string;
}

describe('rules for TypeScript', () => {
  let folder: string;
  let found: readonly Finding[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fiducial-lint-'));
    await cp(join(ROOT, 'oxlint.config.mjs'), join(folder, 'oxlint.config.mjs'));
    await cp(join(ROOT, 'scripts/lint/rooms.mjs'), join(folder, 'scripts/lint/rooms.mjs'));
    const put = async (name: string, text: string): Promise<void> => {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    };
    for (const [rule, text] of Object.entries(BROKEN)) await put(`src/${fileOf(rule)}`, text);
    await put('src/list.test.ts', BROKEN['max-lines-per-function']!);
    await put('tests/list.ts', BROKEN['max-lines-per-function']!);
    await put('src/allowed.ts', 'export function h(_d: number) { return _d === 1; }\n');
    for (const [room, foreign] of Object.entries(FOREIGN)) {
      for (const [i, from] of [...foreign, './own', '../shared/own'].entries())
        await put(`src/${room}/from-${i}.ts`, `import '${from}';\n`);
    }
    found = await oxlint(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(Object.keys(BROKEN))('%s', (rule) => {
    const rules = found.filter(({ file }) => file === `src/${fileOf(rule)}`).map((one) => one.rule);
    expect(rules).toContain(rule.replace('@typescript-eslint/', ''));
  });

  it('are all that ESLint and typescript-eslint recommend, but for what others see to', async () => {
    const eslint = new ESLint({
      cwd: ROOT,
      overrideConfigFile: true,
      overrideConfig: [js.configs.recommended, ...ts.configs.recommended] as never,
    });
    const { rules } = (await eslint.calculateConfigForFile('src/core/a.ts')) as {
      rules: Record<string, [number]>;
    };
    const wanted = Object.keys(rules).filter((rule) => rules[rule]![0] !== 0);
    // A strict text with such a number is no program at all: TS1121. Names are the compiler's; lines, the formatter's.
    const ofOthers = ['no-octal', 'no-undef', 'no-unexpected-multiline'];
    expect(wanted.filter((rule) => !(rule in BROKEN) && !ofOthers.includes(rule))).toEqual([]);
  });

  it('let a list of tests and an argument that is kept for its place be', () => {
    const spared = ['src/list.test.ts', 'tests/list.ts', 'src/allowed.ts'];
    expect(found.filter(({ file }) => spared.includes(file))).toEqual([]);
  });

  it.each(Object.entries(FOREIGN))('close the doors of %s', (room, foreign) => {
    const refused = [...foreign, './own', '../shared/own'].filter((_, i) =>
      found.some(
        ({ file, rule }) => file === `src/${room}/from-${i}.ts` && rule === 'no-restricted-imports',
      ),
    );
    expect(refused).toEqual(foreign);
  });
});

it('lets each file that may have one longer function have one, and no other', async () => {
  const text = await readFile(join(ROOT, 'oxlint.config.mjs'), 'utf8');
  const longer = [
    ...text
      .split('LONGER = [')[1]!
      .split('];')[0]!
      .matchAll(/'(.+)'/g),
  ].map(([, file]) => file!);
  const folder = await mkdtemp(join(tmpdir(), 'fiducial-lint-'));
  try {
    for (const file of longer) await cp(join(ROOT, file), join(folder, file));
    await writeFile(
      join(folder, 'oxlint.config.mjs'),
      `export default { categories: { correctness: 'off' }, rules: { 'max-lines-per-function': ['error', { max: 100 }] } };`,
    );
    expect((await oxlint(folder)).map(({ file }) => file).sort()).toEqual([...longer].sort());
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

describe('rules that ESLint holds', () => {
  const eslint = new ESLint({ cwd: ROOT });
  it.each([
    ['vue/no-bare-strings-in-template', 'src/renderer/A.vue', '<template><p>Word</p></template>'],
    ['vue/require-v-for-key', 'src/renderer/A.vue', '<template><p v-for="a in 2" /></template>'],
    ['vue/no-ref-as-operand', 'src/renderer/a.ts', refAsOperand()],
    ['eqeqeq', 'src/renderer/A.vue', script('f(a == b);')],
    ['@typescript-eslint/no-explicit-any', 'src/renderer/A.vue', script('f(a as any);')],
    ['no-restricted-imports', 'src/renderer/A.vue', script("import '../core/a';")],
    ['max-lines', 'src/renderer/A.vue', `<template>\n${'<p />\n'.repeat(500)}</template>`],
    ['no-undef', 'bin/a.mjs', 'nowhere();'],
    ['max-lines-per-function', 'scripts/a.mjs', BROKEN['max-lines-per-function']!],
  ])('%s in %s', async (rule, filePath, text) => {
    const results = await eslint.lintText(text, { filePath: join(ROOT, filePath) });
    expect(results.flatMap(({ messages }) => messages.map((one) => one.ruleId))).toContain(rule);
  });
});

function fileOf(rule: string): string {
  return `${rule.replace('@typescript-eslint/', 'ts-')}.ts`;
}

function script(text: string): string {
  return `<script setup lang="ts">\n${text}\n</script>\n`;
}

function refAsOperand(): string {
  return "import { ref } from 'vue';\nconst a = ref(1);\nexport const b = a + 1;\n";
}

/** What oxlint finds in a folder, as `npm run lint:code` runs it. */
function oxlint(folder: string): Promise<Finding[]> {
  const args = ['-c', 'oxlint.config.mjs', '--disable-nested-config', '-f', 'json'];
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [OXLINT, ...args],
      { cwd: folder, maxBuffer: 1 << 26 },
      (error, out, said) => {
        if (error && error.code !== 1) return reject(new Error(said || out));
        const { diagnostics } = JSON.parse(out) as {
          diagnostics: { code: string; filename: string }[];
        };
        resolve(
          diagnostics.map(({ code, filename }) => ({
            file: filename.replaceAll('\\', '/'),
            rule: /\((.+)\)/.exec(code)?.[1] ?? code,
          })),
        );
      },
    );
  });
}
