import { setTimeout as wait } from 'node:timers/promises';
import { ok, type Result } from '../../shared/domain';
import { openRecording } from '../formats/list';
import type { OpenRecording } from '../formats/open-recording';
import { lookOf, whileUnchanged } from './fingerprint';

export type OpenRecord = (path: string) => Promise<Result<OpenRecording>>;

/** An open recording, and what its files looked like when it was opened; null where one was gone again. */
export interface Settled {
  readonly recording: OpenRecording;
  readonly stamp: string | null;
}

/** File systems keep times in ticks, of 10 ms at most: two changes within one may look like none. */
const TICK_MS = 20;
/** Files that are written all the time are opened as they are; whoever compares afterwards notices. */
const TRIES = 3;

/**
 * Opens a recording so that what was read of its header and what its files looked like are of one state. Files that
 * changed just now are opened again once they have come to rest.
 */
export async function openSettled(open: OpenRecord, path: string): Promise<Result<Settled>> {
  for (let tries = 1; ; tries++) {
    const beganMs = Date.now();
    const opened = await open(path);
    if (!opened.ok) return opened;
    const look = await lookOf(opened.value);
    if (tries === TRIES || (look.ok && !isBetween(look.value.changedAtMs, beganMs))) {
      return ok({ recording: opened.value, stamp: look.ok ? look.value.stamp : null });
    }
    await opened.value.close();
    await wait(TICK_MS);
  }
}

/** Whether files changed since, give or take a tick. One that is dated into the future is of another clock. */
function isBetween(changedAtMs: number, beganMs: number): boolean {
  return changedAtMs > beganMs - TICK_MS && changedAtMs < Date.now() + TICK_MS;
}

/**
 * Opens a recording for one piece of work and closes it.
 * @returns the work's answer; `conflict` where it would be of several states of the files
 */
export async function useOnce<T>(
  path: string,
  work: (recording: OpenRecording) => Promise<Result<T>>,
  open: OpenRecord = openRecording,
): Promise<Result<T>> {
  const settled = await openSettled(open, path);
  if (!settled.ok) return settled;
  const { recording, stamp } = settled.value;
  try {
    return await whileUnchanged(recording, () => work(recording), stamp);
  } finally {
    await recording.close();
  }
}
