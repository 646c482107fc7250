import { readdirSync, readFileSync } from 'node:fs';

/** Resident memory of this process and its inference process in MB; null where /proc does not tell. */
export function residentMb(): number | null {
  try {
    const inference = readdirSync('/proc').filter(
      (pid) => /^\d+$/.test(pid) && isOurInference(pid),
    );
    return ['self', ...inference].reduce((sum, pid) => sum + residentOf(pid), 0);
  } catch {
    return null;
  }
}

function isOurInference(pid: string): boolean {
  try {
    const parent = /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return parent === String(process.pid) && command.includes('inference.js');
  } catch {
    return false; // it has ended meanwhile
  }
}

function residentOf(pid: string): number {
  const kilobytes = /^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes ?? 0) / 1024;
}
