import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../build-if-needed.mjs';

/**
 * Licences (SPDX) of packages that may be part of the application: they ask for their notice, which the package
 * carries, and for nothing that its other parts could not give.
 */
export const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'OFL-1.1', // fonts
  'Unlicense',
  'Zlib',
]);

/** Packages whose package.json states no licence, with the one of their licence file and words by which it is known. */
const STATED_IN_FILE = {
  'png-js': { licence: 'MIT', words: 'Permission is hereby granted, free of charge' },
};

/**
 * What npm installs of the lockfile besides the tools of development: all that can get into the application, for every
 * system, in the order of the lockfile.
 * @returns `{name, version, licence, dir, text}` per package; `licence` and `text` null where there is none, `text` also
 *   where the package is another system's and not installed here
 */
export function productionPackages(root = ROOT) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
    .map(([path, { version, license }]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const dir = join(root, path);
      const text = licenceText(dir);
      const stated = STATED_IN_FILE[name];
      const licence = license ?? (stated && text?.includes(stated.words) ? stated.licence : null);
      return { name, version, licence, dir, text };
    });
}

function licenceText(dir) {
  if (!existsSync(dir)) return null;
  const file = readdirSync(dir).find((name) => /^(licen[sc]e|copying|unlicense)/i.test(name));
  return file ? readFileSync(join(dir, file), 'utf8').trim() : null;
}

/** @returns a sentence for each package whose licence does not allow it to be part of the application */
export function licenceProblems(packages) {
  return packages
    .filter(({ licence }) => !isAllowed(licence))
    .map(
      ({ name, version, licence }) =>
        `${name} ${version} is under ${licence ?? 'no stated licence'}, which is not on the list of scripts/package/licences.mjs.`,
    );
}

/** Whether an SPDX expression allows it: one of its alternatives, with all that this alternative adds up to. */
function isAllowed(expression) {
  return (expression ?? '')
    .replaceAll(/[()]/g, '')
    .split(/ OR /i)
    .some((choice) => choice.split(/ AND /i).every((id) => ALLOWED.has(id.trim())));
}

/** The list that the package carries: each with its licence's text, equal texts said once. */
export function licenceList(packages) {
  const byText = new Map();
  for (const entry of packages.filter(({ dir }) => existsSync(dir))) {
    const text =
      entry.text ?? `No licence file came with it. Its package.json states: ${entry.licence}.`;
    byText.set(text, [...(byText.get(text) ?? []), entry]);
  }
  const parts = [...byText].map(([text, entries]) => {
    const names = entries.map(({ name, version, licence }) => `${name} ${version} (${licence})`);
    return `${[...new Set(names)].join('\n')}\n\n${text}`;
  });
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  const head =
    'Fiducial is under the MIT licence. It contains the packages below, each under its own licence. Electron and\n' +
    'Chromium state theirs in LICENSE.electron.txt and LICENSES.chromium.html beside the executable.';
  return `${[head, ...parts].join(rule)}\n`;
}
