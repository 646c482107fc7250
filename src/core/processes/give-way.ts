import { readdirSync, readlinkSync } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';

export const GIVEN_WAY = constants.priority.PRIORITY_BELOW_NORMAL;

/**
 * What fills cores for as long as an analysis lasts lets the window, its tiles and what a reader looks at go first. On
 * Linux a priority is a thread's; other systems know one of a process alone. What was started lower stays there.
 */
export function giveWay(thread: number): void {
  try {
    if (getPriority(thread) < GIVEN_WAY) setPriority(thread, GIVEN_WAY);
  } catch {
    // A thread that has ended, or a system that does not allow it and runs it as anything else.
  }
}

/** For a process all of whose threads give way; on Linux those that have begun by now. */
export function processGivesWay(): void {
  for (const thread of threads()) giveWay(thread);
}

/** For this worker thread of a process whose other threads do not: nowhere but on Linux. */
export function threadGivesWay(): void {
  let own: string;
  try {
    own = readlinkSync('/proc/thread-self');
  } catch {
    return;
  }
  giveWay(Number(own.slice(own.lastIndexOf('/') + 1)));
}

function threads(): number[] {
  try {
    return readdirSync('/proc/self/task').map(Number);
  } catch {
    return [0];
  }
}
