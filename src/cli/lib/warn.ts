import type { Warning } from '../../shared/domain';

/** Says on stderr what was odd about a recording or assumed of it: the answer on stdout may speak of less than it seems. */
export function warn(record: string, warnings: readonly Warning[]): void {
  for (const { message } of warnings) console.error(`fiducial: ${record}: ${message}`);
}
