import { BEAT_CLASSES } from '../../shared/domain';
import { isStrip } from '../../shared/domain/strip';
import { stripSignal } from '../beats/features';
import { aamiClass } from '../evaluation/aami-classes';
import { fibrillationSpans, rhythmSpans, shareIn } from '../evaluation/reference-rhythms';
import { UNKNOWN, type Known, type RecordTruth } from './set-truth';

/** Steps per QRS height of a prepared strip: 16-bit integers reach 4 heights, as the signal does. */
export const STRIP_SCALE = 8000;
/** What is longer than a strip is cut to strips of this length, s. */
const PIECE_S = 30;

/** One lead of a strip to learn from. */
export interface StripPiece {
  readonly startS: number;
  /** Index among the leads that were given. */
  readonly lead: number;
  readonly fibrillation: Known;
  /** Sinus rhythm, every beat N. */
  readonly sinus: Known;
  /** `STRIP_SCALE` steps per QRS height, 100 per second. */
  readonly signal: Int16Array;
}

/**
 * A strip as it is, a longer recording in strips of 30 s. Left out are those of which nobody said whether they fibrillate,
 * and those that do so in part.
 * @param raw leads of one rate in mV as recorded, NaN where missing
 */
export function* stripPieces(
  raw: readonly Float64Array[],
  rateHz: number,
  truth: RecordTruth,
): Generator<StripPiece> {
  const { durationS } = truth.recording;
  const pieceS = isStrip(durationS) ? durationS : PIECE_S;
  const knownOf = truthOver(truth);
  const length = Math.round(pieceS * rateHz);
  for (let startS = 0; startS + pieceS <= durationS; startS += pieceS) {
    const [fibrillation, sinus] = knownOf(startS, startS + pieceS);
    if (fibrillation === UNKNOWN) continue;
    const from = Math.round(startS * rateHz);
    for (const [lead, samples] of raw.entries()) {
      const heights = stripSignal(samples.subarray(from, from + length), rateHz);
      const signal = Int16Array.from(heights, (value) => Math.round(value * STRIP_SCALE));
      yield { startS, lead, fibrillation, sinus, signal };
    }
  }
}

type TruthOver = (startS: number, endS: number) => readonly [fibrillation: Known, sinus: Known];

function truthOver({ whole, decided, knows, annotations, rateHz }: RecordTruth): TruthOver {
  if (whole) return () => [whole.fibrillation, whole.isSinus ? 1 : 0];
  if (decided || !knows.rhythm) return () => [UNKNOWN, UNKNOWN];
  const fibrillating = fibrillationSpans(annotations, rateHz);
  const normal = rhythmSpans(annotations, rateHz, (rhythm) => rhythm === '(N');
  return (startS, endS) => {
    const share = shareIn(fibrillating, { startS, endS });
    if (share > 0 && share < 1) return [UNKNOWN, UNKNOWN];
    if (share === 1) return [1, 0];
    if (!knows.classes) return [0, UNKNOWN];
    const isN = ({ symbol }: { readonly symbol: string }): boolean =>
      [null, BEAT_CLASSES.indexOf('N')].includes(aamiClass(symbol));
    const isSinus =
      shareIn(normal, { startS, endS }) === 1 &&
      annotations
        .filter(({ sample }) => sample >= startS * rateHz && sample < endS * rateHz)
        .every(isN);
    return [0, isSinus ? 1 : 0];
  };
}
