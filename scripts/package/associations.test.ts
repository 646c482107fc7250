import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FORMATS } from '../../src/core/formats/list';
import { ROOT } from '../build-if-needed.mjs';

const CONFIG = readFileSync(join(ROOT, 'electron-builder.yml'), 'utf8');
const INSTALLER = readFileSync(join(ROOT, 'build/installer.nsh'), 'utf8');
/** Endings that are mostly something else: a double click on such a file means another application. */
const OF_OTHERS = ['ann', 'csv', 'dat', 'json', 'rec', 'tsv', 'txt', 'xml', 'zip'];

const endings = (text: string): string[] =>
  [...text.matchAll(/\bext: (\w+)/g)].map(([, ending]) => ending!);
const section = (name: string): string =>
  new RegExp(`^${name}:\\n((?: .*\\n|\\n)*)`, 'm').exec(CONFIG)![1]!;

it('associates every ending that says which format it is, on three systems', () => {
  const wanted = new Set(['hea', ...FORMATS.flatMap(({ extensions }) => extensions)]);
  for (const other of OF_OTHERS) wanted.delete(other);
  const everywhere = endings(section('fileAssociations'));
  const linux = endings(section('linux'));
  const offered = [...INSTALLER.matchAll(/macro OFFER "(\w+)"/g)].map(([, ending]) => ending!);
  expect(section('mac')).toContain('fileAssociations: *owned-kinds');
  for (const ending of wanted) {
    expect([...everywhere, ...linux], 'Linux and macOS').toContain(ending);
    expect([...everywhere, ...offered], 'Windows').toContain(ending);
  }
});

it('gives each association what its system asks for', () => {
  expect(CONFIG.match(/\bext: /g)!.length).toBe(CONFIG.match(/\bmimeType: /g)!.length);
  expect(section('nsis')).toContain('perMachine: true');
});

it('takes back on Windows what it offered', () => {
  const named = (macro: string): string[] =>
    [...INSTALLER.matchAll(new RegExp(`insertmacro ${macro} "(\\w+)"`, 'g'))].map(
      ([, name]) => name!,
    );
  expect(named('WITHDRAW')).toEqual(named('OFFER'));
});
