import type { FindingThresholds, TimeSpan } from '../../shared/domain';
import type { PlacedRows } from './beat-rows';
import type { Found } from './found';
import { joined, secondsIn, spanAt } from './time-spans';

/**
 * Pauses between two beats of a row, and asystole: a pause of `asystoleS` or more, or as long a stretch of readable
 * signal before the first beat, after the last or without any. Shorter ends are left alone: a beat next to an edge is
 * often not seen. A beat that a reader's rejection took out begins no silence either: what was rejected is not judged.
 * @param restless gaps between beats that are no pause: rows break there (`beatRows`), and open ends that lie in them for
 *   the greater part are none either
 */
export function pauses(
  { timeS, follows, takenOutS }: Pick<PlacedRows, 'timeS' | 'follows' | 'takenOutS'>,
  readable: readonly TimeSpan[],
  { pauseS, asystoleS }: FindingThresholds,
  restless: readonly TimeSpan[] = [],
): Found[] {
  const found: Found[] = [];
  const unquiet = joined(restless);
  const isStill = (startS: number, endS: number): boolean =>
    endS - startS >= asystoleS && secondsIn(unquiet, startS, endS) <= (endS - startS) / 2;
  const add = (startS: number, endS: number): void => {
    const kind = endS - startS >= asystoleS ? 'asystole' : 'pause';
    found.push({ kind, startS, endS, beats: 0, rateBpm: null });
  };
  /** Where silence begins in each readable span: its start, then its last beat so far. */
  const quietFrom = readable.map(({ startS }) => startS);
  const seen = readable.map(() => false);
  let next = 0;
  const passTakenOut = (beforeS: number): void => {
    for (; next < takenOutS.length && takenOutS[next]! < beforeS; next++) {
      const at = takenOutS[next]!;
      const span = spanAt(readable, at);
      if (span < 0) continue;
      if (!seen[span] && isStill(quietFrom[span]!, at)) add(quietFrom[span]!, at);
      quietFrom[span] = at;
      seen[span] = true;
    }
  };
  for (let i = 0; i < timeS.length; i++) {
    const at = timeS[i]!;
    passTakenOut(at);
    const span = spanAt(readable, at);
    if (span < 0) continue;
    if (follows[i] === 1 && at - timeS[i - 1]! > pauseS) add(timeS[i - 1]!, at);
    else if (!seen[span] && isStill(quietFrom[span]!, at)) add(quietFrom[span]!, at);
    quietFrom[span] = at;
    seen[span] = true;
  }
  passTakenOut(Infinity);
  readable.forEach(({ endS }, span) => {
    if (isStill(quietFrom[span]!, endS)) add(quietFrom[span]!, endS);
  });
  return found;
}
