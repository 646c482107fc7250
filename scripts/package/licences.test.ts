import { expect, it } from 'vitest';
import { licenceList, licenceProblems, productionPackages, type Package } from './licences.mjs';

const entry = (name: string, licence: string | null): Package => ({
  name,
  version: '1.0.0',
  licence,
  dir: import.meta.dirname,
  text: licence === 'MIT' ? 'The MIT licence' : null,
});

it('finds nothing in the lockfile that may not be part of the application', () => {
  const packages = productionPackages();
  expect(packages.length).toBeGreaterThan(100);
  expect(licenceProblems(packages)).toEqual([]);
});

it('names a package whose licence is not on the list, or not stated', () => {
  const problems = licenceProblems([
    entry('free', 'MIT'),
    entry('copyleft', 'LGPL-3.0-or-later'),
    entry('silent', null),
  ]);
  expect(problems).toHaveLength(2);
  expect(problems[0]).toContain('copyleft 1.0.0 is under LGPL-3.0-or-later');
  expect(problems[1]).toContain('silent 1.0.0 is under no stated licence');
});

it('takes one of several licences, and all of those that add up', () => {
  expect(licenceProblems([entry('a', '(GPL-2.0-only OR MIT)')])).toEqual([]);
  expect(licenceProblems([entry('a', '(MIT AND Zlib)')])).toEqual([]);
  expect(licenceProblems([entry('a', '(MIT AND GPL-2.0-only)')])).toHaveLength(1);
});

it('lists each package with its licence, and a text once', () => {
  const list = licenceList([entry('a', 'MIT'), entry('b', 'MIT'), entry('c', 'ISC')]);
  expect(list).toContain('a 1.0.0 (MIT)\nb 1.0.0 (MIT)\n\nThe MIT licence');
  expect(list.match(/The MIT licence/g)).toHaveLength(1);
  expect(list).toContain('c 1.0.0 (ISC)\n\nNo licence file came with it.');
});
