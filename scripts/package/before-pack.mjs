import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../build-if-needed.mjs';
import { licenceList, licenceProblems, productionPackages } from './licences.mjs';
import { whyNotPacked } from './native-files.mjs';
import { softwareBill } from './sbom.mjs';

/** electron-builder's numbers of processors. */
const ARCHES = ['ia32', 'x64', 'armv7l', 'arm64', 'universal'];

/**
 * Run by electron-builder before it packs: refuses what would not run or may not be given away, and writes what the
 * package says of its parts, made from the lockfile, to out/licences.
 */
export default function beforePack({ electronPlatformName, arch }) {
  const packages = productionPackages();
  const unfit = whyNotPacked(electronPlatformName, ARCHES[arch]);
  const problems = [...(unfit ? [unfit] : []), ...licenceProblems(packages)];
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const dir = join(ROOT, 'out', 'licences');
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'THIRD-PARTY-LICENCES.txt'), licenceList(packages));
  writeFileSync(join(dir, 'sbom.cdx.json'), `${JSON.stringify(softwareBill(), null, 2)}\n`);
}
