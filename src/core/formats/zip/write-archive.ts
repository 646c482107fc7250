import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/**
 * Puts files into a new archive, by their own names. An archive so made opens like the recording in it.
 * @throws what the system says where the archive cannot be written
 */
export async function writeArchive(files: readonly string[], archive: string): Promise<void> {
  const zip = new ZipFile();
  for (const file of files) zip.addFile(file, path.basename(file));
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(archive));
}
