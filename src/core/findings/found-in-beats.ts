import type { BeatRows, FindingThresholds } from '../../shared/domain';
import type { AnalysedSignal } from './analysed-signal';
import type { PlacedRows } from './beat-rows';
import { ectopy } from './ectopy';
import type { Found } from './found';
import { pauses } from './pauses';
import type { ReadableTime } from './readable-time';
import { rhythms } from './rhythms';
import { fastStretches, slowStretches } from './slow-and-fast';

/** What was found in beats, by what it hangs on, each in time order within a kind. */
export interface FoundInBeats extends FoundByClass {
  readonly pauses: readonly Found[];
  readonly rhythms: readonly Found[];
  readonly slow: readonly Found[];
}

/** What hangs on the classes of beats; the rest hangs on their times alone. */
export interface FoundByClass {
  readonly ectopy: readonly Found[];
  readonly fast: readonly Found[];
}

export function foundInBeats(
  rows: PlacedRows,
  { episodes, restless, findsBeats, durationS }: AnalysedSignal,
  time: ReadableTime,
  thresholds: FindingThresholds,
): FoundInBeats {
  return {
    pauses: findsBeats ? pauses(rows, time.readable, thresholds, restless) : [],
    rhythms: rhythms(rows, episodes, thresholds),
    slow: slowStretches(rows, thresholds, durationS),
    ...foundByClass(rows, thresholds),
  };
}

export function foundByClass(rows: BeatRows, thresholds: FindingThresholds): FoundByClass {
  return { ectopy: ectopy(rows, thresholds), fast: fastStretches(rows, thresholds) };
}
