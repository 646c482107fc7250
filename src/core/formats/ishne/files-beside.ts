import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { ishneMagic } from './header';
import { openToRead } from '../shared/open-to-read';

/** A file in the same folder with the same name but for its ending, that begins with a magic; null for none. */
export async function fileBeside(file: string, magic: string): Promise<string | null> {
  const { dir, name, base } = path.parse(file);
  const names = await readdir(dir).catch(() => []);
  for (const candidate of names.sort()) {
    if (candidate === base || path.parse(candidate).name !== name) continue;
    const beside = path.join(dir, candidate);
    if ((await magicOf(beside)) === magic) return beside;
  }
  return null;
}

async function magicOf(file: string): Promise<string | null> {
  try {
    const handle = await openToRead(file);
    try {
      if (!(await handle.stat()).isFile()) return null;
      const head = Buffer.alloc(8);
      await handle.read(head, 0, 8, 0);
      return ishneMagic(head);
    } finally {
      await handle.close();
    }
  } catch {
    return null;
  }
}
