import path from 'node:path';
import { Command } from 'commander';
import { afterEach, expect, it, vi } from 'vitest';
import { encodeSamples } from '../../core/formats/wfdb/testing/encode';
import { withFiles } from '../../core/formats/wfdb/testing/files';
import { infoCommand } from './info';

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

async function run(...args: string[]): Promise<{ out: string; err: string; code: unknown }> {
  const out = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const err = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  await new Command()
    .exitOverride()
    .addCommand(infoCommand())
    .parseAsync(['info', ...args], { from: 'user' });
  return {
    out: out.mock.calls.flat().join('\n'),
    err: err.mock.calls.flat().join('\n'),
    code: process.exitCode,
  };
}

const FILES = {
  'r.hea': 'r 1 360 4\nr.dat 16 200(5)/mV 12 5 1 99 0 MLII\n# 69 M 1085 1629 x1',
  'r.dat': encodeSamples(16, [1, 2, 3, 4]),
};

it('prints a table', () =>
  withFiles(FILES, async (folder) => {
    const { out, code } = await run(path.join(folder, 'r'));
    expect(out).toMatch(/^record +r\n/);
    expect(out).toMatch(/patient +69 y, male/);
    expect(out).toMatch(/MLII +mV +360 +200 +5 +12 +yes +format 16 in r\.dat/);
    expect(out).toMatch(/no warnings/);
    expect(code).toBeUndefined();
  }));

it('prints JSON, and verifies when asked', () =>
  withFiles(FILES, async (folder) => {
    const { out, code } = await run(path.join(folder, 'r'), '--json', '--verify');
    expect(JSON.parse(out)).toMatchObject({
      name: 'r',
      leads: [{ name: 'MLII', isEcg: true, storage: 'format 16 in r.dat' }],
      verified: true,
      warnings: [{ code: 'checksum' }],
    });
    expect(code).toBeUndefined();
  }));

it('exits with 1 for a record that cannot be read', async () => {
  const { err, code } = await run('no-such-record');
  expect(err).toBe('fiducial: no-such-record does not exist.');
  expect(code).toBe(1);
});
