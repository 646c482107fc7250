import { BEAT_CLASSES, type BeatClass } from '../../shared/domain';

/**
 * AAMI class of each beat annotation of MIT format: N with bundle branch block and escape beats (L R B e j n), S with
 * aberrated atrial beats (A a J S), V with escape beats and R-on-T (V E r), F, and Q with paced beats and their fusions
 * (/ f Q ?). SOURCE: ANSI/AAMI EC57:2012, table 3; the same as the mapping of WFDB's `bxb` (ecgmap.h).
 *
 * The one table of Fiducial: training labels, beat-by-beat figures and the pointing game all read it. `!` (a wave of
 * ventricular flutter) is no beat in it; training marks those waves apart (`FLUTTER_LABEL` in training-data/beat-labels).
 */
const SYMBOLS: Readonly<Record<BeatClass, string>> = {
  N: 'N.LRBejn',
  S: 'AaJS',
  V: 'VEr',
  F: 'F',
  Q: '/fQ?',
};
const CLASS_OF_SYMBOL = new Map(
  BEAT_CLASSES.flatMap((beatClass, code) =>
    [...SYMBOLS[beatClass]].map((symbol) => [symbol, code] as const),
  ),
);

/** Index into BEAT_CLASSES, or null for an annotation that is no beat. */
export function aamiClass(symbol: string): number | null {
  return CLASS_OF_SYMBOL.get(symbol) ?? null;
}
