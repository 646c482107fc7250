import type { Segment, TimeSpan } from '../../shared/domain';
import { reasonBy, reasonParts, type ReasonCode } from '../../shared/domain/reason-words';
import { secondsIn, without } from './time-spans';

/** Reasons that say for how long there was no heartbeat, in `s`. */
const NO_HEARTBEAT: ReadonlySet<ReasonCode> = new Set(['noHeartbeatFor', 'noHeartbeatFoundFor']);

/**
 * Segments whose reason is that no heartbeat was found say that all leads were off, where that is so for half of that time
 * or more: a reader would look for a standstill. Verdict and probability stay as they are.
 * @param off stretches in which every ECG lead is off
 */
export function saidLeadsOff(
  segments: readonly Segment[],
  off: readonly TimeSpan[],
): readonly Segment[] {
  if (off.length === 0) return segments;
  return segments.map((segment) => {
    const parts = reasonParts(segment.reason);
    if (parts === null || !NO_HEARTBEAT.has(parts.code)) return segment;
    const withoutS = Number(parts.values['s']);
    const offS = segment.endS - segment.startS - secondsIn(without([segment], off));
    if (offS < withoutS / 2) return segment;
    const reason = reasonBy('leadsOff', { off: offS.toFixed(0), s: withoutS.toFixed(1) });
    return { ...segment, reason };
  });
}
