import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SENTINEL } from '@electron/fuses/dist/constants.js';

/** Version and length of the row of fuses in Electron's executable, all of them as they are delivered. */
const FUSES = Buffer.concat([Buffer.from([1, 8]), Buffer.from('10111001')]);

/**
 * Writes a folder that electron-builder takes for Electron's distribution for Linux: no program in it runs, but its executable has
 * fuses. So a package can be made, and looked into, where Electron cannot be had.
 */
export async function writeStandIn(dir) {
  const files = {
    electron: Buffer.concat([Buffer.from(`stand-in\0${SENTINEL}`), FUSES]),
    LICENSE: 'stand-in',
    'LICENSES.chromium.html': 'stand-in',
    version: 'stand-in',
    'locales/en-US.pak': '',
    'resources/.keep': '',
  };
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), content, { mode: 0o755 });
  }
}
