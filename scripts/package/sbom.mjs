import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../build-if-needed.mjs';
import { productionPackages } from './licences.mjs';

/**
 * What the application is made of as CycloneDX 1.5, from the lockfile: npm's own list, without the tools of development
 * but with Electron, which is one to npm and part of the package.
 * @throws where npm cannot be run
 */
export function softwareBill(root = ROOT) {
  // Its own `--omit dev` (npm 11) leaves out Vue, since one of Vue's optional companions is a tool of development.
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const { status, stdout, stderr } = spawnSync('npm', args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm sbom failed: ${stderr}`);
  const bill = JSON.parse(stdout);
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  // npm names the folder that it ran in, and calls every project a library.
  Object.assign(bill.metadata.component, { name, version, type: 'application' });
  const isPart = new Set([
    bill.metadata.component['bom-ref'],
    ...productionPackages(root).map((part) => `${part.name}@${part.version}`),
  ]);
  const electron = bill.components.find((component) => component.name === 'electron');
  isPart.add(electron['bom-ref']);
  bill.components = bill.components.filter((component) => isPart.has(component['bom-ref']));
  electron.scope = 'required';
  bill.dependencies = bill.dependencies
    .filter(({ ref }) => isPart.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((on) => isPart.has(on)) }));
  return bill;
}
