import { isDeepStrictEqual } from 'node:util';
import type { AnalysedSignal } from './analysed-signal';
import type { Found } from './found';
import { foundByClass } from './found-in-beats';
import { foundFrom, withHands, type FoundBasis, type Reading } from './found-basis';
import { afterRejections } from './rejections';

/**
 * What is found where the reader, since, has only given beats another class or seen them: what hangs on the times of beats
 * stays, and what hangs on their classes where none changed. It says what finding all of it anew would.
 * @param before of the same signal and thresholds
 * @param find what hangs on classes; told of by tests
 * @returns null where other beats count than did
 */
export function foundAfter(
  before: FoundBasis,
  signal: AnalysedSignal,
  reading: Reading,
  find = foundByClass,
): FoundBasis | null {
  const { thresholds, program, parts } = before;
  const left = afterRejections(reading.beats, reading.decisions);
  const countsTheSame =
    sameBytes(before.left.timeS, left.timeS) &&
    sameBytes(before.left.out, left.out) &&
    isDeepStrictEqual(before.left.gaps, left.gaps);
  if (!countsTheSame) return null;
  const beatClass = Uint8Array.from(before.beats.index, (i) => left.beatClass[i]!);
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

/** What was found before in place of what is the same: who holds it against what it was sees at once what changed. */
function kept(
  before: ReturnType<typeof foundByClass>,
  found: ReturnType<typeof foundByClass>,
): ReturnType<typeof foundByClass> {
  return {
    ectopy: sameOnes(before.ectopy, found.ectopy),
    fast: sameOnes(before.fast, found.fast),
  };
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
    // The rest follows from which beats they are, as all have the times that they had.
    return known?.endS === one.endS && known.beats === one.beats ? known : one;
  });
}

function sameBytes(one: Float64Array | Uint8Array, other: Float64Array | Uint8Array): boolean {
  const bytes = (of: Float64Array | Uint8Array): Buffer =>
    Buffer.from(of.buffer, of.byteOffset, of.byteLength);
  return one === other || bytes(one).equals(bytes(other));
}
