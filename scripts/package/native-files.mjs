import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../build-if-needed.mjs';

/** Package of libsql's native file, by Node's names of system and processor. */
const LIBSQL = {
  'linux x64': '@libsql/linux-x64-gnu',
  'linux arm64': '@libsql/linux-arm64-gnu',
  'darwin x64': '@libsql/darwin-x64',
  'darwin arm64': '@libsql/darwin-arm64',
  'win32 x64': '@libsql/win32-x64-msvc',
};

/**
 * Whether an application for a system and processor can be packed here: npm installs native files for the machine that it
 * runs on, and electron-builder would pack those for any.
 * @returns null where it can, else a sentence
 */
export function whyNotPacked(platform, arch, root = ROOT) {
  const target = `${platform} ${arch}`;
  const name = LIBSQL[target];
  if (!name) {
    return `There is no ${target} build of libsql, in which decisions are kept${
      platform === 'win32' ? '; Windows on ARM runs the x64 application' : ''
    }.`;
  }
  if (existsSync(join(root, 'node_modules', name))) return null;
  return `${name} is not installed: pack for ${target} on such a machine, or after npm ci --os=${platform} --cpu=${arch}.`;
}
