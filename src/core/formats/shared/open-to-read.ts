import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

/**
 * Opens a file without waiting: opening a pipe that nobody writes to would never end, nor would the process, whose thread it
 * holds (https://pubs.opengroup.org/onlinepubs/9799919799/functions/open.html, O_NONBLOCK).
 */
export function openToRead(file: string): Promise<FileHandle> {
  return open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
}
