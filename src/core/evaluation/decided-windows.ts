import type { LabelScheme, TimeSpan } from '../../shared/domain';
import type { DecidedOnly } from '../recordings/decided-only';
import type { ClassedBeats } from './ec57-beats';
import type { SegmentLabels } from './labels';

/**
 * Whether a window's label is known where only some beats of a record were decided: all of its beats were, or, where one
 * ectopic beat is enough, one of them.
 * @param decided null for a record with a whole reference, in which every label is known
 * @param scheme null for all of them at once
 */
export function isLabelKnown(
  label: SegmentLabels,
  { startS, endS }: TimeSpan,
  decided: DecidedOnly | null,
  scheme: LabelScheme | null,
): boolean {
  if (!decided || decided.whole.some((one) => one.startS <= startS && one.endS >= endS))
    return true;
  return scheme !== null && scheme !== 'majority' && label.ectopy === 'Abnormal';
}

/** Beats that can be held against a reference of which only some was decided: those at its beats and in its stretches. */
export function judgedBeats(
  beats: ClassedBeats,
  reference: ClassedBeats,
  decided: DecidedOnly | null,
  matchS: number,
): ClassedBeats {
  if (!decided) return beats;
  const timeS = Float64Array.from(beats.timeS);
  let next = 0;
  const isJudged = (atS: number): boolean => {
    while (next < reference.timeS.length && reference.timeS[next]! < atS - matchS) next++;
    if (next < reference.timeS.length && reference.timeS[next]! <= atS + matchS) return true;
    return decided.whole.some(({ startS, endS }) => atS > startS && atS < endS);
  };
  const kept = [...timeS.keys()].filter((i) => isJudged(timeS[i]!));
  return {
    timeS: Float64Array.from(kept, (i) => timeS[i]!),
    beatClass: Uint8Array.from(kept, (i) => beats.beatClass[i]!),
  };
}
