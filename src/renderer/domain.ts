// From the file itself: the domain's index would bring the schema library into the bundle.
import { BEAT_CLASSES } from '../shared/domain/beat-classes';

export { BEAT_CLASSES };

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

/** Index of the first value that is not below `target`, in ascending `values`. */
export function lowerBound(values: ArrayLike<number>, target: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (values[mid]! < target) low = mid + 1;
    else high = mid;
  }
  return low;
}
