import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
let folder: string;

/** What is laid out otherwise than the repository is, of each kind of file in it, and how it is laid out there. */
const KINDS: Record<string, [wrong: string, right: string]> = {
  ...Object.fromEntries(
    ['ts', 'mts', 'js', 'mjs', 'cjs'].map((kind) => [
      `src/a.${kind}`,
      ['const a = "x"\n', "const a = 'x';\n"],
    ]),
  ),
  '.hidden.cjs': ['f( )\n', 'f();\n'],
  'src/wide.ts': [
    `f(${"'0123456789', ".repeat(7)}'012345678');\n`,
    `f(\n${"  '0123456789',\n".repeat(7)}  '012345678',\n);\n`,
  ],
  'src/template.vue': [
    '<template>\n<p   class="x">a</p></template>\n',
    '<template>\n  <p class="x">a</p>\n</template>\n',
  ],
  'src/script.vue': [
    '<script setup lang="ts">\nconst a = "x"\n</script>\n',
    '<script setup lang="ts">\nconst a = \'x\';\n</script>\n',
  ],
  'src/style.vue': [
    '<style scoped>\na{color:red}\n</style>\n',
    '<style scoped>\na {\n  color: red;\n}\n</style>\n',
  ],
  'src/a.css': ['a{color:red}\n', 'a {\n  color: red;\n}\n'],
  'src/a.html': ['<p   class=x>a</p>\n', '<p class="x">a</p>\n'],
  'src/a.json': ['{"a":1}\n', '{ "a": 1 }\n'],
  'a.md': ['*  a\n*  b\n', '- a\n- b\n'],
  '.github/workflows/a.yml': ['a:   1\n', 'a: 1\n'],
  'a.yaml': ['a:   1\n', 'a: 1\n'],
};
/** What others wrote or a program writes. */
const NOT_OURS = ['package-lock.json', 'resources/a.json', 'tests/golden/dsp/a.json', 'out/a.js'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fiducial-format-'));
  await copyFile(join(root, '.oxfmtrc.json'), join(folder, '.oxfmtrc.json'));
  for (const name of NOT_OURS) await put(name, '{"a":   1}\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('refuses what is laid out otherwise, of every kind of file there is', async () => {
  for (const [name, [wrong]] of Object.entries(KINDS)) await put(name, wrong);
  expect(await refused()).toEqual(Object.keys(KINDS).sort());
});

it('takes the same files as they are laid out here', async () => {
  for (const [name, [, right]] of Object.entries(KINDS)) await put(name, right);
  expect(await refused()).toEqual([]);
});

async function put(name: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), text);
}

/** The files that the formatter of `npm run lint:format` would lay out otherwise. */
function refused(): Promise<string[]> {
  const oxfmt = join(root, 'node_modules', 'oxfmt', 'bin', 'oxfmt');
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [oxfmt, '--list-different'], { cwd: folder }, (error, out, said) => {
      if (error && error.code !== 1) reject(new Error(said));
      else resolve(out.split('\n').filter(Boolean).sort());
    });
  });
}
