import {
  BEAT_CLASSES,
  lowerBound,
  SAME_BEAT_S,
  wayToSettle,
  type Segment,
} from '../../shared/domain';
import type { Beats, PlacedRows } from './beat-rows';
import type { Found } from './found';
import { CLASS_OF } from './rejections';

/** Who set beats by hand, by its place in the trail. */
export type ActOf = (sequence: number) => { readonly reader: string; readonly atMs: number } | null;

const NORMAL = BEAT_CLASSES.indexOf('N');
const UNKNOWN = BEAT_CLASSES.indexOf('Q');

/**
 * Says of a finding by form whether all its ectopic beats were set by hand: then the reader has seen them.
 * @returns the finding itself where that is what it said
 */
export function withSeen(found: Found, rows: PlacedRows): Found {
  const seenAt = seenOf(found, rows);
  if (found.seenAt === seenAt) return found;
  if (seenAt !== undefined) return { ...found, seenAt };
  const unseen: { -readonly [Field in keyof Found]: Found[Field] } = { ...found };
  delete unseen.seenAt;
  return unseen;
}

function seenOf(found: Found, { timeS, beatClass, handAt }: PlacedRows): number | undefined {
  if (!handAt || wayToSettle(found.kind) !== 'by-form') return undefined;
  const own = CLASS_OF[found.kind];
  let seenAt = 0;
  for (let i = lowerBound(timeS, found.startS); i < timeS.length && timeS[i]! <= found.endS; i++) {
    if (BEAT_CLASSES[beatClass[i]!] !== own) continue;
    if (handAt[i] === 0) return undefined;
    seenAt = Math.max(seenAt, handAt[i]!);
  }
  return seenAt > 0 ? seenAt : undefined;
}

/**
 * Flagged segments that held ectopic beats by the program, all of which a reader has set to something else or taken
 * out: what they were flagged for is settled.
 * @returns place in the trail of the last of these corrections, 0 where all were taken out, by segment index
 */
export function closedByHand(
  segments: readonly Segment[],
  program: Beats,
  reader: Beats,
): Map<number, number> {
  const closed = new Map<number, number>();
  const { timeS, beatClass, handAt } = reader;
  if (!handAt) return closed;
  const isEctopic = (code: number): boolean => code !== NORMAL && code !== UNKNOWN;
  const ectopicS = program.timeS.filter((_, i) => isEctopic(program.beatClass[i]!));
  for (const { index, startS, endS, verdict } of segments) {
    if (verdict === 'Unreadable') continue;
    const first = lowerBound(ectopicS, startS);
    let last = 0;
    let all = first < ectopicS.length && ectopicS[first]! < endS;
    for (let i = first; all && i < ectopicS.length && ectopicS[i]! < endS; i++) {
      const at = lowerBound(timeS, ectopicS[i]! - SAME_BEAT_S);
      const isThere = at < timeS.length && timeS[at]! <= ectopicS[i]! + SAME_BEAT_S;
      all = !isThere || (handAt[at]! > 0 && !isEctopic(beatClass[at]!));
      if (isThere) last = Math.max(last, handAt[at]!);
    }
    if (all) closed.set(index, last);
  }
  return closed;
}
