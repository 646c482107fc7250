import { say } from '../words';
import type { BlindStretch } from './blind-stretches';
import { kindShort } from './kinds';
import { valueOf } from './value';

/** What was found in a stretch: only for what the reader has said something of. */
export function foundInWords({ event }: BlindStretch): string {
  if (!event) return say('blind.nothingFlagged');
  return say('blind.event', { kind: kindShort(event.kind), value: valueOf(event) });
}
