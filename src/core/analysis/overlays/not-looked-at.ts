import type { Err, Segment } from '../../../shared/domain';
import { toldReason } from '../../../shared/domain/reason-words';
import { errSaid } from '../../../shared/domain/said';

/** There is nothing to explain in a segment that no network was given. */
export function notLookedAt({ index, reason }: Segment, name: string): Err {
  return errSaid('unsupported', 'files.segmentUnreadable', {
    n: index + 1,
    name,
    reason: toldReason(String(reason)),
  });
}
