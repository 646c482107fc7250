import type { BeatClass } from '../../shared/domain';
import type { ComparedRecord, ComparedSegment, Said } from './compared-record';
import { emptyMatrix, type BeatMatrix } from './ec57-beats';
import { beatStatistics } from './ec57-statistics';

/** Figures that two models are compared by, in the order in which they are shown: of each, more is better. */
export const FIGURES = [
  'vF1',
  'vSensitivity',
  'vPositivePredictivity',
  'sF1',
  'sSensitivity',
  'sPositivePredictivity',
  'reviewSensitivity',
  'reviewSpecificity',
  'ectopySensitivity',
  'ectopySpecificity',
  'afSensitivity',
  'afSpecificity',
] as const;
export type FigureName = (typeof FIGURES)[number];

export const FIGURE_TITLES: Readonly<Record<FigureName, string>> = {
  vF1: 'V beats, F1',
  vSensitivity: 'V beats, sensitivity',
  vPositivePredictivity: 'V beats, positive predictivity',
  sF1: 'S beats, F1',
  sSensitivity: 'S beats, sensitivity',
  sPositivePredictivity: 'S beats, positive predictivity',
  reviewSensitivity: 'flagged segments (review), sensitivity',
  reviewSpecificity: 'flagged segments (review), specificity',
  ectopySensitivity: 'segments with ectopy, sensitivity',
  ectopySpecificity: 'segments with ectopy, specificity',
  afSensitivity: 'segments in fibrillation, sensitivity',
  afSpecificity: 'segments in fibrillation, specificity',
};

/** From here on a segment is said to have ectopy, or to fibrillate. */
const LIKELY = 0.5;

/**
 * Figures of one of two models over records that count as often as `weight` says; NaN for what is not defined. Beats as
 * EC57 counts them, gross. Paced records count in none (EC57 reports them apart).
 * @param weight [records]
 */
export function comparisonFigures(
  records: readonly ComparedRecord[],
  which: 0 | 1,
  weight: Float64Array,
): Record<FigureName, number> {
  const matrix = new Float64Array(emptyMatrix().length);
  const tallies = { review: tally(), ectopy: tally(), af: tally() };
  let namesBeats = false;
  for (const [i, record] of records.entries()) {
    const times = record.paced ? 0 : weight[i]!;
    if (times === 0) continue;
    const own = record.beats[which];
    own?.forEach((count, at) => (matrix[at]! += times * count));
    namesBeats ||= own !== null;
    for (const segment of record.segments) count(tallies, segment, which, times);
  }
  // Counts are whole numbers, and so are weights.
  const { classes } = beatStatistics(Uint32Array.from(matrix) as BeatMatrix);
  const beats = (name: BeatClass) => {
    const { truePositives: tp, falseNegatives: fn, falsePositives: fp } = classes[name];
    const figure = (value: number): number => (namesBeats ? value : NaN);
    return {
      f1: figure((2 * tp) / (2 * tp + fn + fp)),
      sensitivity: figure(tp / (tp + fn)),
      positivePredictivity: figure(tp / (tp + fp)),
    };
  };
  const [v, s] = [beats('V'), beats('S')];
  return {
    vF1: v.f1,
    vSensitivity: v.sensitivity,
    vPositivePredictivity: v.positivePredictivity,
    sF1: s.f1,
    sSensitivity: s.sensitivity,
    sPositivePredictivity: s.positivePredictivity,
    reviewSensitivity: tallies.review.hits / tallies.review.positives,
    reviewSpecificity: tallies.review.rejections / tallies.review.negatives,
    ectopySensitivity: tallies.ectopy.hits / tallies.ectopy.positives,
    ectopySpecificity: tallies.ectopy.rejections / tallies.ectopy.negatives,
    afSensitivity: tallies.af.hits / tallies.af.positives,
    afSpecificity: tallies.af.rejections / tallies.af.negatives,
  };
}

interface Tally {
  positives: number;
  hits: number;
  negatives: number;
  rejections: number;
}

function tally(): Tally {
  return { positives: 0, hits: 0, negatives: 0, rejections: 0 };
}

function count(
  tallies: Readonly<Record<'review' | 'ectopy' | 'af', Tally>>,
  { review, ectopy, af, said }: ComparedSegment,
  which: 0 | 1,
  times: number,
): void {
  const one: Said = said[which];
  add(tallies.review, review, one.flagged, times);
  add(tallies.ectopy, ectopy, one.ectopy === null ? null : one.ectopy >= LIKELY, times);
  add(tallies.af, af, one.af === null ? null : one.af >= LIKELY, times);
}

function add(to: Tally, truth: boolean | null, said: boolean | null, times: number): void {
  if (truth === null || said === null) return;
  if (truth) {
    to.positives += times;
    if (said) to.hits += times;
  } else {
    to.negatives += times;
    if (!said) to.rejections += times;
  }
}
