import type { ReferenceAnnotation } from '../../recordings/open-annotated';
import { BEAT_WINDOW } from '../../beats/features';
import { isAbnormalBeat } from '../labels';

/** An annotated beat, normal or not under scheme `majority`. */
export interface KnownBeat {
  readonly timeS: number;
  readonly abnormal: boolean;
}

/** Beats of an annotation file in time order. */
export function knownBeats(
  annotations: readonly ReferenceAnnotation[],
  rateHz: number,
): KnownBeat[] {
  return annotations.flatMap(({ sample, symbol }) => {
    const abnormal = isAbnormalBeat(symbol);
    return abnormal === null ? [] : [{ timeS: sample / rateHz, abnormal }];
  });
}

/** Whether [startS, endS) holds both a normal beat and an abnormal one. */
export function isMixed(beats: readonly KnownBeat[], startS: number, endS: number): boolean {
  const own = beats.filter(({ timeS }) => timeS >= startS && timeS < endS);
  return own.some(({ abnormal }) => abnormal) && own.some(({ abnormal }) => !abnormal);
}

/** What counts as part of a beat, around its R peak: the window that the beat model reads, P wave to T wave. */
const BEFORE_S = BEAT_WINDOW.before / BEAT_WINDOW.rateHz;
const AFTER_S = (BEAT_WINDOW.samples - 1 - BEAT_WINDOW.before) / BEAT_WINDOW.rateHz;

/**
 * 1 for each token whose middle lies in a beat annotated abnormal, 0 for one that lies in another beat or in none. Where
 * two beats reach over each other, the token is of the one whose R peak is nearer.
 */
export function abnormalTokens(
  beats: readonly KnownBeat[],
  startS: number,
  stepS: number,
  tokens: number,
): Uint8Array {
  const marks = new Uint8Array(tokens);
  const endS = startS + tokens * stepS;
  const near = beats.filter(({ timeS }) => timeS > startS - AFTER_S && timeS < endS + BEFORE_S);
  for (let token = 0; token < tokens; token++) {
    const atS = startS + (token + 0.5) * stepS;
    let nearest: KnownBeat | null = null;
    for (const beat of near) {
      const away = atS - beat.timeS;
      if (away < -BEFORE_S || away > AFTER_S) continue;
      if (!nearest || Math.abs(away) < Math.abs(atS - nearest.timeS)) nearest = beat;
    }
    if (nearest?.abnormal) marks[token] = 1;
  }
  return marks;
}
