import type { Segment, TimeSpan } from '../../shared/domain';
import { secondsIn, without } from './time-spans';

const NO_HEARTBEAT = /^no heartbeat (?:found )?for (\d+(?:\.\d+)?) s$/;

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
    const withoutS = Number(NO_HEARTBEAT.exec(segment.reason ?? '')?.[1] ?? NaN);
    if (Number.isNaN(withoutS)) return segment;
    const offS = segment.endS - segment.startS - secondsIn(without([segment], off));
    if (offS < withoutS / 2) return segment;
    const reason = `all leads off for ${offS.toFixed(0)} s, no heartbeat for ${withoutS.toFixed(1)} s`;
    return { ...segment, reason };
  });
}
