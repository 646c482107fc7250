import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Bits for its owner alone. Windows keeps a person's application data private by the folder that it lies in. */
export const OWNER_ONLY_FILE = 0o600;
export const OWNER_ONLY_FOLDER = 0o700;
const OTHERS = 0o077;

/**
 * Makes a folder that its owner alone may enter.
 * @param isOurs an existing folder is closed too: not wanted where a person named one that may hold other things
 * @throws Error as the file system does
 */
export function makePrivateFolder(path: string, isOurs: boolean): void {
  const made = makeFolders(path);
  if (made === undefined && isOurs) close(path, OWNER_ONLY_FOLDER);
}

function makeFolders(path: string): string | undefined {
  try {
    return mkdirSync(path, { recursive: true, mode: OWNER_ONLY_FOLDER });
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== 'ENOENT') throw cause;
    // Of several folders Node says that there are none, whatever keeps it from making the first: a disk that is read-only.
    let first = path;
    while (!existsSync(dirname(first))) first = dirname(first);
    mkdirSync(first, { mode: OWNER_ONLY_FOLDER });
    mkdirSync(path, { recursive: true, mode: OWNER_ONLY_FOLDER });
    return first;
  }
}

/**
 * Makes a file readable by its owner alone, an empty one where there is none.
 * @throws Error as the file system does
 */
export function makePrivateFile(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, 'a', OWNER_ONLY_FILE));
  else close(path, OWNER_ONLY_FILE);
}

/** Whoever may not change a file's mode does not own it, and is not the one to keep it from others. */
function close(path: string, mode: number): void {
  if ((statSync(path).mode & OTHERS) === 0) return;
  try {
    chmodSync(path, mode);
  } catch {
    // A folder on a disk that knows no modes, or of another owner: it stays as it is.
  }
}
