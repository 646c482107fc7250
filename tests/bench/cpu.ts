import { readFileSync } from 'node:fs';
import { processTree } from '../load/process-tree';

/** Of Linux, on every processor that Node runs on. */
const TICKS_PER_S = 100;

/** Processor seconds that a process has used itself, in its threads as well; 0 where it is gone or there is no /proc. */
export function cpuSeconds(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is a name in brackets, which may hold spaces.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S;
  } catch {
    return 0;
  }
}

/** The same of all processes that one started, itself left out. */
export function cpuSecondsBelow(pid: number): number {
  const below = (processTree(pid) ?? []).filter((process) => process.pid !== pid);
  return below.reduce((sum, process) => sum + cpuSeconds(process.pid), 0);
}
