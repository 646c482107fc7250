import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { pathsOfArgv } from './argv-paths';

it.each([
  [['Fiducial'], false, []],
  [['Fiducial', '208.hea', '--flag', 'dir'], false, ['208.hea', 'dir']],
  [['electron', '.', '208'], true, ['208']],
  [['electron', '--no-sandbox', '/app', '--inspect=1', '208'], true, ['208']],
  [['electron', '--no-sandbox'], true, []],
])('%j gives the paths', (argv, defaultApp, expected) => {
  expect(pathsOfArgv(argv, '/data', defaultApp)).toEqual(
    expected.map((path) => resolve('/data', path)),
  );
});
