import { isDeepStrictEqual } from 'node:util';
import { sameBytes } from '../base/same-bytes';
import type { AnalysedSignal } from './analysed-signal';
import type { Found } from './found';
import { foundByClass, foundInBeats, type FoundInBeats } from './found-in-beats';
import {
  foundFrom,
  picked,
  rowsLeft,
  withHands,
  type FoundBasis,
  type Reading,
} from './found-basis';
import { afterRejections } from './rejections';

/**
 * What is found where the reader did more to the beats since: what no act changes stays, what hangs on the times of beats is
 * found anew where other beats count, and what hangs on their classes where one changed. It says what finding all of it anew
 * would.
 * @param before of the same signal and thresholds
 * @param find what hangs on classes where the same beats count; told of by tests
 */
export function foundAfter(
  before: FoundBasis,
  signal: AnalysedSignal,
  reading: Reading,
  find = foundByClass,
): FoundBasis {
  const { thresholds, program, parts } = before;
  const left = afterRejections(reading.beats, reading.decisions, thresholds.rateBeats);
  if (!countsTheSame(before.left, left)) {
    const rows = rowsLeft(left, signal, program);
    const inBeats = kept(parts, foundInBeats(rows, signal, program.time, thresholds));
    return foundFrom({ signal, thresholds, reading, left, program, rows, inBeats });
  }
  const { index } = before.beats;
  const beatClass = picked(left.beatClass, index, new Uint8Array(index.length));
  const hasClasses = sameBytes(before.beats.beatClass, beatClass);
  const rows = {
    ...withHands(before.beats, reading.beats.handAt),
    ...(hasClasses ? {} : { beatClass }),
  };
  const inBeats = hasClasses ? parts : { ...parts, ...kept(parts, find(rows, thresholds)) };
  const explains = (of: Pick<FoundBasis, 'rejected'>): unknown =>
    of.rejected.map(({ found: { kind, startS, endS } }) => [kind, startS, endS]);
  return foundFrom({ signal, thresholds, reading, left, program, rows, inBeats }, (closed) => {
    const isExplained =
      hasClasses &&
      closed.size === before.closed.size &&
      [...closed.keys()].every((segment) => before.closed.has(segment)) &&
      isDeepStrictEqual(explains(left), explains(before));
    return isExplained ? parts.unexplained : null;
  });
}

/** Whether the same beats count, and the same intervals between them. */
function countsTheSame(before: FoundBasis['left'], left: FoundBasis['left']): boolean {
  return (
    sameBytes(before.timeS, left.timeS) &&
    sameBytes(before.out, left.out) &&
    isDeepStrictEqual(before.gaps, left.gaps)
  );
}

/** What was found before in place of what is the same: who holds it against what it was sees at once what changed. */
function kept<Parts extends Partial<FoundInBeats>>(before: FoundInBeats, found: Parts): Parts {
  const parts = Object.entries(found).map(([part, now]) => [
    part,
    sameOnes(before[part as keyof FoundInBeats], now),
  ]);
  return Object.fromEntries(parts) as Parts;
}

function sameOnes(before: readonly Found[], found: readonly Found[]): Found[] {
  const byKind = new Map<string, Map<number, Found>>();
  for (const one of before) {
    const ofKind = byKind.get(one.kind);
    if (ofKind) ofKind.set(one.startS, one);
    else byKind.set(one.kind, new Map([[one.startS, one]]));
  }
  return found.map((one) => {
    const known = byKind.get(one.kind)?.get(one.startS);
    // Besides, it may be known of it whether it was seen.
    return known && saysOf(one).every((field) => one[field] === known[field]) ? known : one;
  });
}

const saysOf = (found: Found): (keyof Found)[] => Object.keys(found) as (keyof Found)[];
