// From the file itself: the domain's index would bring the schema library into the bundle.
import type { Hue } from './findings/kinds';
import { BEAT_CLASSES } from '../shared/domain/beat-classes';

export { BEAT_CLASSES };
export { lowerBound } from '../shared/domain/lower-bound';

const HUES: Record<string, Hue> = { S: 's', V: 'v', F: 'f' };

/** The class whose colour a beat's letter has. */
export function hueOfBeat(symbol: string): Hue {
  return HUES[symbol] ?? 'n';
}

export const BEAT_CLASS_NAMES: Record<(typeof BEAT_CLASSES)[number], string> = {
  N: 'normal or bundle branch block',
  S: 'supraventricular ectopic',
  V: 'ventricular ectopic',
  F: 'fusion',
  Q: 'cannot be said',
};

/** True for the classes that a reader looks for. */
export function isEctopic(symbol: string): boolean {
  return symbol === 'S' || symbol === 'V' || symbol === 'F';
}
