import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'src/core/dsp/forbidden-import-for-this-test');

afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

/** What the check says of dsp with one more file in it. */
async function check(content: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'probe.ts'), content);
  const run = promisify(execFile);
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  return run(
    process.execPath,
    [
      cruiser,
      'src/core/dsp/forbidden-import-for-this-test',
      '--do-not-follow',
      'node_modules|^src/(?!core/dsp/forbidden)',
      '--output-type',
      'err',
    ],
    {
      cwd: root,
    },
  ).then(
    ({ stdout }) => stdout,
    ({ stdout }: { stdout: string }) => stdout,
  );
}

describe('the rooms of core', () => {
  it.each([
    ['static', "import { judge } from '../../analysis/verdict';\nvoid judge;\n"],
    [
      'type-only',
      "import type { Analyser } from '../../analysis/analyser';\nexport type A = Analyser;\n",
    ],
    ['dynamic', "export const later = () => import('../../analysis/verdict');\n"],
  ])('refuse a forbidden %s import', async (_, content) => {
    const said = await check(content);
    expect(said).toContain('error core/dsp');
    expect(said).toContain('probe.ts');
  });

  it('let an allowed one through', async () => {
    expect(
      await check("import { fileFailure } from '../../base/file-failure';\nvoid fileFailure;\n"),
    ).toContain('no dependency violations');
  });
});
