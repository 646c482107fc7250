import { pairBeats, type ClassedBeats } from '../../src/core/evaluation/ec57-beats';
import type { TimeSpan } from '../../src/shared/domain';
import {
  BEAT_CLASSES,
  type BeatClass,
  type BeatColumns,
  type ReviewEdit,
} from '../../src/shared/domain';

/** `exceptions`: corrects what is wrong, and confirms the ectopic beats that are right. `everything`: the other beats too. */
export const READERS = ['exceptions', 'everything'] as const;
export type ReaderKind = (typeof READERS)[number];

/** Of a reader, counted by beats. */
export interface SimulatedDecisions {
  readonly edits: readonly ReviewEdit[];
  readonly corrected: number;
  readonly confirmed: number;
}

/** Beats by what is done with them, times in seconds. */
interface Sorted {
  readonly gone: number[];
  readonly right: number[];
  readonly renamed: Map<BeatClass, number[]>;
  readonly missed: { readonly timeS: number; readonly beatClass: BeatClass }[];
}

/**
 * What somebody decides who sees in every beat what the reference says: beats of another class are set right, detections
 * that no beat belongs to are taken out, missed ones put in, and right ones are seen. In flutter nothing is decided.
 * @param found by the program
 * @param reference in time order
 * @param flutter of the reference, in which no beats can be told apart
 */
export function simulatedDecisions(
  found: Pick<BeatColumns, 'timeS' | 'beatClass'>,
  reference: ClassedBeats,
  flutter: readonly TimeSpan[],
  kind: ReaderKind,
): SimulatedDecisions {
  const { gone, right, renamed, missed } = sortBeats(found, reference, flutter, kind);
  const edits: ReviewEdit[] = [];
  if (gone.length > 0) edits.push({ kind: 'delete-beats', timesS: gone, family: 'no beats' });
  for (const [beatClass, timesS] of renamed)
    edits.push({ kind: 'relabel-beats', timesS, beatClass, family: `wrongly not ${beatClass}` });
  if (right.length > 0) edits.push({ kind: 'see-beats', timesS: right, family: 'right' });
  for (const one of missed) edits.push({ kind: 'add-beat', ...one });
  const ofOther = [...renamed.values()].reduce((sum, times) => sum + times.length, 0);
  return { edits, corrected: gone.length + ofOther + missed.length, confirmed: right.length };
}

function sortBeats(
  { timeS, beatClass }: Pick<BeatColumns, 'timeS' | 'beatClass'>,
  reference: ClassedBeats,
  flutter: readonly TimeSpan[],
  kind: ReaderKind,
): Sorted {
  const sorted: Sorted = { gone: [], right: [], renamed: new Map(), missed: [] };
  const inFlutter = (atS: number): boolean =>
    flutter.some(({ startS, endS }) => atS >= startS && atS <= endS);
  const isLookedAt = (code: number): boolean => kind === 'everything' || isEctopic(code);
  const pairs = pairBeats(reference.timeS, timeS);
  pairs.forEach((pair, beat) => {
    const atS = timeS[beat]!;
    if (inFlutter(atS)) return;
    if (pair < 0) return void sorted.gone.push(atS);
    const truth = reference.beatClass[pair]!;
    if (truth === beatClass[beat]) {
      if (isLookedAt(truth)) sorted.right.push(atS);
      return;
    }
    const name = BEAT_CLASSES[truth]!;
    sorted.renamed.set(name, [...(sorted.renamed.get(name) ?? []), atS]);
  });
  const paired = new Set(pairs);
  for (let i = 0; i < reference.timeS.length; i++) {
    const [atS, code] = [reference.timeS[i]!, reference.beatClass[i]!];
    if (paired.has(i) || inFlutter(atS) || !isLookedAt(code)) continue;
    sorted.missed.push({ timeS: atS, beatClass: BEAT_CLASSES[code]! });
  }
  return sorted;
}

const isEctopic = (code: number): boolean => ['S', 'V', 'F'].includes(BEAT_CLASSES[code]!);
