import { BEAT_CLASSES, lowerBound, type TimeSpan } from '../../shared/domain';
import type { BeatTokens } from '../beats/features';
import { segmentGrid, segmentStartS } from '../dsp';
import { labelBeats } from '../evaluation/beat-labels';
import { fibrillationSpans, knownRhythmSpans, shareIn } from '../evaluation/reference-rhythms';
import type { DecidedOnly } from '../recordings/decided-only';
import type { BeatTruth, SegmentRow } from './set-truth';
import { isIrregular } from './irregular';
import { UNKNOWN, type Known, type RecordTruth } from './set-truth';

const WINDOW_S = 10;
const HOP_S = 5;
/** Times of two grids that are the same but for rounding. */
const SAME_S = 1e-3;
const [N, Q] = [BEAT_CLASSES.indexOf('N'), BEAT_CLASSES.indexOf('Q')];

/**
 * Labels of a recording of which only what readers decided is known: a detected beat that nobody decided on has none, and
 * a segment has one where an ectopic beat in it was decided, where all its beats were, or where it was decided as such.
 */
export function ofDecisions(
  { annotations, rateHz }: RecordTruth,
  decided: DecidedOnly,
  { timeS, rhythm }: Pick<BeatTokens, 'timeS' | 'rhythm'>,
  durationS: number,
): BeatTruth {
  const labels = labelBeats(timeS, annotations, rateHz, UNKNOWN);
  // Where every beat was decided, a detection that is of none is none.
  for (const [beat, timeOfBeatS] of timeS.entries())
    if (labels[beat] === UNKNOWN && within(decided.whole, timeOfBeatS)) labels[beat] = Q;
  const fibrillating = fibrillationSpans(annotations, rateHz);
  const named = knownRhythmSpans(annotations, rateHz);
  const fibrillation = Int8Array.from(timeS, (at) =>
    within(named, at) ? (within(fibrillating, at) ? 1 : 0) : UNKNOWN,
  );
  const grid = segmentGrid(durationS, WINDOW_S, HOP_S, 'plain');
  const rows = Array.from({ length: grid.count }, (_, i): SegmentRow => {
    const startS = segmentStartS(grid, i);
    const span = { startS, endS: startS + WINDOW_S };
    const share = (spans: readonly TimeSpan[]): number => shareIn(spans, span);
    const fibrillates: Known =
      share(fibrillating) > 0.5 ? 1 : share(named) > 1 - 1e-6 ? 0 : UNKNOWN;
    const own = labels.subarray(lowerBound(timeS, startS), lowerBound(timeS, span.endS));
    const ectopy = ectopyOf(own, decided, span);
    const said = decided.segments.find((one) => Math.abs(one.startS - startS) < SAME_S);
    const isDoubtful = fibrillates !== 0 && isIrregular(timeS, rhythm, startS);
    const unsaid: Known = isDoubtful ? UNKNOWN : ectopy;
    const isAbnormal = ectopy === 1 || fibrillates === 1 || said?.abnormal === true;
    return [startS, ectopy, isAbnormal ? 1 : said ? 0 : unsaid, fibrillates];
  });
  return { labels, fibrillation, segments: rows };
}

function ectopyOf(labels: Int8Array, { whole, segments }: DecidedOnly, span: TimeSpan): Known {
  if (labels.some((label) => label !== UNKNOWN && label !== N && label !== Q)) return 1;
  const isWhole = whole.some(({ startS, endS }) => startS <= span.startS && endS >= span.endS);
  if (isWhole && labels.length > 0) return 0;
  const said = segments.find((one) => Math.abs(one.startS - span.startS) < SAME_S);
  return said && !said.abnormal ? 0 : UNKNOWN;
}

function within(spans: readonly TimeSpan[], atS: number): boolean {
  return spans.some(({ startS, endS }) => atS >= startS && atS < endS);
}
