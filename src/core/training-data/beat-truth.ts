import { BEAT_CLASSES, type TimeSpan } from '../../shared/domain';
import type { BeatTokens } from '../beats/features';
import { segmentGrid, segmentStartS } from '../dsp';
import { labelWindows } from '../evaluation/labels';
import { FLUTTER_LABEL, labelBeats } from '../evaluation/beat-labels';
import { fibrillationSpans, rhythmSpans, shareIn } from '../evaluation/reference-rhythms';
import { ofDecisions } from './decided-labels';
import { isIrregular } from './irregular';
import {
  UNKNOWN,
  type BeatTruth,
  type Known,
  type RecordTruth,
  type SegmentRow,
} from './set-truth';

const WINDOW_S = 10;
const HOP_S = 5;
const [N, V, Q] = (['N', 'V', 'Q'] as const).map((name) => BEAT_CLASSES.indexOf(name)) as [
  number,
  number,
  number,
];
/** Rhythms in which every beat is ventricular, and those in which it is a flutter wave. */
const TACHYCARDIA = new Set(['(VT']);
const FLUTTER = new Set(['(VFL', '(VF', '(VFIB']);
const NOISE = new Set(['(NOISE']);

/** Labels of the detected beats of a recording and of its segments. */
export function truthOf(
  truth: RecordTruth,
  tokens: Pick<BeatTokens, 'timeS' | 'seen' | 'rhythm'>,
  durationS: number,
): BeatTruth {
  if (truth.whole) return ofStrip(truth.whole, tokens, durationS);
  return truth.decided
    ? ofDecisions(truth, truth.decided, tokens, durationS)
    : ofAnnotations(truth, tokens, durationS);
}

/** A strip's answer is that of every segment, but for the positive ones of which some beats are meant. */
function ofStrip(
  { ectopy, review, fibrillation, isSinus }: NonNullable<RecordTruth['whole']>,
  { timeS, seen }: Pick<BeatTokens, 'timeS' | 'seen'>,
  durationS: number,
): BeatTruth {
  const grid = segmentGrid(durationS, WINDOW_S, HOP_S, 'flush');
  const isBag = ectopy === 1 && grid.count > 1;
  const known = (value: Known): Known => (isBag ? UNKNOWN : value);
  return {
    // Motion passes for beats in a strip of sinus rhythm, too: those are no beats to learn from.
    labels: Int8Array.from(timeS, (_, beat) => (isSinus && seen[beat] ? N : UNKNOWN)),
    fibrillation: new Int8Array(timeS.length).fill(fibrillation),
    segments: Array.from({ length: grid.count }, (_, i): SegmentRow => [
      segmentStartS(grid, i),
      known(ectopy),
      known(review),
      fibrillation,
    ]),
  };
}

function ofAnnotations(
  { annotations, rateHz, knows }: RecordTruth,
  { timeS, rhythm }: Pick<BeatTokens, 'timeS' | 'rhythm'>,
  durationS: number,
): BeatTruth {
  const fibrillating = fibrillationSpans(annotations, rateHz);
  const within = (spans: readonly TimeSpan[], time: number): boolean =>
    spans.some(({ startS, endS }) => time >= startS && time < endS);
  const spansOf = (names: ReadonlySet<string>) =>
    rhythmSpans(annotations, rateHz, (rhythm) => names.has(rhythm));
  const tachycardia = spansOf(TACHYCARDIA);
  const flutter = spansOf(FLUTTER);
  const noise = spansOf(NOISE);
  const labels = knows.classes
    ? labelBeats(timeS, annotations, rateHz)
    : Int8Array.from(timeS, (time) => {
        if (within(tachycardia, time)) return V;
        if (within(flutter, time)) return FLUTTER_LABEL;
        return within(noise, time) ? Q : UNKNOWN;
      });
  const fibrillation = Int8Array.from(timeS, (time) =>
    knows.rhythm ? (within(fibrillating, time) ? 1 : 0) : UNKNOWN,
  );

  const grid = segmentGrid(durationS, WINDOW_S, HOP_S, 'plain');
  const starts = Array.from({ length: grid.count }, (_, i) => segmentStartS(grid, i));
  const windowLabels = labelWindows(
    annotations,
    starts.map((startS) => Math.round(startS * rateHz)),
    Math.round(WINDOW_S * rateHz),
  );
  const segments = starts.flatMap((startS, i): SegmentRow[] => {
    const span = { startS, endS: startS + WINDOW_S };
    const share = (spans: readonly TimeSpan[]): number => shareIn(spans, span);
    const fibrillates: Known = knows.rhythm ? (share(fibrillating) > 0.5 ? 1 : 0) : UNKNOWN;
    if (!knows.classes) {
      const isVentricular = share(tachycardia) + share(flutter) > 0.5;
      const review = isVentricular || fibrillates === 1 ? 1 : UNKNOWN;
      return [[startS, isVentricular ? 1 : UNKNOWN, review, fibrillates]];
    }
    const label = windowLabels[i];
    if (!label) return [];
    const ectopy: Known = label.ectopy === 'Abnormal' ? 1 : 0;
    const isDoubtful = !knows.rhythm && ectopy === 0 && isIrregular(timeS, rhythm, startS);
    const review: Known = label.review === 'Abnormal' ? 1 : isDoubtful ? UNKNOWN : 0;
    return [[startS, ectopy, review, fibrillates]];
  });
  return { labels, fibrillation, segments };
}
