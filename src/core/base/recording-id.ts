import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { splitStated } from './stated-path';

/** Stable name of a recording for callers that must not learn its path, whatever was stated of it. */
export function recordingIdOf(path: string): string {
  return createHash('sha256')
    .update(`header\0${resolve(splitStated(path).file)}`)
    .digest('hex')
    .slice(0, 24);
}

/** Stable name of a folder that a person brought in, for `scan.start`. */
export function sourceIdOf(path: string): string {
  return createHash('sha256')
    .update(`source\0${resolve(path)}`)
    .digest('hex')
    .slice(0, 24);
}
