import { createHmac } from 'node:crypto';
import { equal } from '../equal';
import type { Asker } from './job';

/**
 * What a job keeps of whoever sent it. Made with the job's own id, which is kept nowhere: nobody who reads the mark can
 * try tokens on it.
 */
export function ownerMark(id: string, by: Asker): string | null {
  return by === null ? null : createHmac('sha256', id).update(by).digest('base64url');
}

/** Whether somebody may have a job: who sent it, and who may do all. */
export function isOwner(id: string, by: Asker, mark: string | null): boolean {
  return by === null || (mark !== null && equal(mark, ownerMark(id, by)!));
}
