import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Files of a record by name, as text or bytes. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Writes files into a new temporary folder, hands its path to `use` and removes it afterwards. */
export async function withFiles<T>(files: Files, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'fiducial-wfdb-'));
  try {
    for (const [name, content] of Object.entries(files))
      await writeFile(path.join(folder, name), content);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
