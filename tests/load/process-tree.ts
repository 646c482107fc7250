import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

export interface ProcessMemory {
  readonly pid: number;
  /** Name of the script that it runs. */
  readonly name: string;
  readonly residentMb: number;
  /** The most that it has held so far. */
  readonly peakMb: number;
}

/** Resident memory of a process and all below it; null where /proc does not tell (not Linux). */
export function processTree(root: number): ProcessMemory[] | null {
  const parents = new Map<number, number>();
  try {
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      const parent = field(status(Number(name)), 'PPid');
      if (parent !== null) parents.set(Number(name), parent);
    }
  } catch {
    return null;
  }
  const isBelow = (pid: number): boolean =>
    pid === root || (parents.has(pid) && pid > 1 && isBelow(parents.get(pid)!));
  return [...parents.keys()].filter(isBelow).flatMap((pid) => {
    const text = status(pid);
    const resident = field(text, 'VmRSS');
    if (resident === null) return []; // it has ended meanwhile
    const peak = field(text, 'VmHWM') ?? resident;
    return [{ pid, name: scriptOf(pid), residentMb: resident / 1024, peakMb: peak / 1024 }];
  });
}

function status(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}

function field(text: string, name: string): number | null {
  const found = new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

function scriptOf(pid: number): string {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return basename(words.find((word) => /\.m?js$/.test(word)) ?? words[0] ?? '');
  } catch {
    return '';
  }
}
