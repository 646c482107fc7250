import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { whyNotPacked } from './native-files.mjs';

it('packs for a system whose native files are installed, and for no other', () => {
  const root = mkdtempSync(join(tmpdir(), 'fiducial-native-'));
  try {
    mkdirSync(join(root, 'node_modules/@libsql/linux-x64-gnu'), { recursive: true });
    expect(whyNotPacked('linux', 'x64', root)).toBeNull();
    expect(whyNotPacked('darwin', 'arm64', root)).toBe(
      '@libsql/darwin-arm64 is not installed: pack for darwin arm64 on such a machine, or after npm ci --os=darwin --cpu=arm64.',
    );
    expect(whyNotPacked('win32', 'arm64', root)).toMatch(
      /^There is no win32 arm64 build.*runs the x64/,
    );
  } finally {
    rmSync(root, { recursive: true });
  }
});
