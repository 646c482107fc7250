import type { BeatRows, FindingThresholds, TimeSpan } from '../../shared/domain';
import type { Found } from './found';
import { spanAt } from './time-spans';

/**
 * Pauses between two beats of a row, and asystole: a pause of `asystoleS` or more, or as long a stretch of readable
 * signal before the first beat, after the last or without any. Shorter ends are left alone: a beat next to an edge is
 * often not seen.
 */
export function pauses(
  { timeS, follows }: BeatRows,
  readable: readonly TimeSpan[],
  { pauseS, asystoleS }: FindingThresholds,
): Found[] {
  const found: Found[] = [];
  const add = (startS: number, endS: number): void => {
    const kind = endS - startS >= asystoleS ? 'asystole' : 'pause';
    found.push({ kind, startS, endS, beats: 0, rateBpm: null });
  };
  /** Where silence begins in each readable span: its start, then its last beat so far. */
  const quietFrom = readable.map(({ startS }) => startS);
  const seen = readable.map(() => false);
  for (let i = 0; i < timeS.length; i++) {
    const at = timeS[i]!;
    const span = spanAt(readable, at);
    if (span < 0) continue;
    if (follows[i] === 1 && at - timeS[i - 1]! > pauseS) add(timeS[i - 1]!, at);
    else if (!seen[span] && at - quietFrom[span]! >= asystoleS) add(quietFrom[span]!, at);
    quietFrom[span] = at;
    seen[span] = true;
  }
  readable.forEach(({ endS }, span) => {
    if (endS - quietFrom[span]! >= asystoleS) add(quietFrom[span]!, endS);
  });
  return found;
}
