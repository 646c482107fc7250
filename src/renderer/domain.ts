// From the file itself: the domain's index would bring the schema library into the bundle.
import { BEAT_CLASSES } from '../shared/domain/beat-classes';

export { BEAT_CLASSES };
export { lowerBound } from '../shared/domain/lower-bound';

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
