import { createHash, randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { isRunning } from './is-running';

/** Tells this machine's processes from those of another that writes into the same shared folder. */
const MACHINE = createHash('sha256').update(hostname()).digest('hex').slice(0, 6);
const LEFT_BEHIND = /^\..+\.fiducial-([0-9a-f]{6})-(\d+)-[0-9a-f]{8}\.part$/;
/** Whether another machine's process still runs cannot be asked: what nobody has written to for a day is nobody's. */
const ABANDONED_MS = 24 * 3_600_000;
/** A scan writes ten thousand files into one folder, which is not read for each. */
const swept = new LRUCache<string, true>({ max: 1000, ttl: 60_000 });

/** A hidden name beside a file's own under which it is written until it is whole. */
export function partOf(path: string): string {
  const made = `fiducial-${MACHINE}-${process.pid}-${randomUUID().slice(0, 8)}`;
  return join(dirname(path), `.${basename(path)}.${made}.part`);
}

/**
 * Writes a file beside its name and gives it this name once it is whole: whoever looks sees the old one or the new one.
 * What a process that was killed has left half done in the folder goes.
 * @param write writes to the path that it is given
 * @throws what `write` throws, or the system says; nothing is left then
 */
export async function writeThrough<T>(
  path: string,
  write: (part: string) => Promise<T>,
): Promise<T> {
  await sweepParts(dirname(path));
  const part = partOf(path);
  try {
    const answer = await write(part);
    await rename(part, path);
    return answer;
  } catch (cause) {
    await rm(part, { force: true, recursive: true }).catch(() => undefined);
    throw cause;
  }
}

/** Takes away what killed processes have left of files that they were writing in a folder. Never fails. */
export async function sweepParts(folder: string): Promise<void> {
  if (swept.has(folder)) return;
  swept.set(folder, true);
  for (const name of await readdir(folder).catch(() => [])) {
    const [, machine, pid] = LEFT_BEHIND.exec(name) ?? [];
    if (machine === undefined) continue;
    const path = join(folder, name);
    const isOurs = machine === MACHINE && !isRunning(Number(pid));
    if (isOurs || (await isAbandoned(path)))
      await rm(path, { force: true, recursive: true }).catch(() => undefined);
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && Date.now() - found.mtimeMs > ABANDONED_MS;
}
