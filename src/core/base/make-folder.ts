import { access, constants, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those around it where they are absent.
 * @throws what the system said: Node's own says of a read-only disk that there is no such folder
 *   (https://github.com/nodejs/node/issues/31481)
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') {
      await access(await nearest(resolve(folder)), constants.W_OK);
    }
    throw cause;
  }
}

/** The folder itself, or the first around it that is there. */
async function nearest(folder: string): Promise<string> {
  const isThere = await stat(folder).then(
    () => true,
    () => false,
  );
  const around = dirname(folder);
  return isThere || around === folder ? folder : nearest(around);
}
