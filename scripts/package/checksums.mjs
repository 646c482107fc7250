/** `node scripts/package/checksums.mjs [DIR]`: writes SHA256SUMS.txt over the installers of a folder, for `sha256sum -c`. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

const INSTALLER = /\.(AppImage|deb|exe|zip|dmg|cdx\.json)$/;

const dir = process.argv[2] ?? 'dist';
const names = (await readdir(dir)).filter((name) => INSTALLER.test(name)).sort();
if (names.length === 0) {
  console.error(`fiducial: there is no installer in ${dir}.`);
  process.exit(1);
}
const lines = [];
for (const name of names) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(join(dir, name)), hash);
  lines.push(`${hash.digest('hex')}  ${name}\n`);
}
await writeFile(join(dir, 'SHA256SUMS.txt'), lines.join(''));
console.error(lines.join('').trimEnd());
