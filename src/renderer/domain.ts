import type { BEAT_CLASSES as SharedBeatClasses } from '../shared/domain';

/**
 * Classes by the code in `BeatColumns.beatClass`. Written again here, and tied to the shared list by type,
 * because importing the list itself would bring the schema library into the bundle.
 */
export const BEAT_CLASSES = ['N', 'S', 'V', 'F', 'Q'] as const satisfies typeof SharedBeatClasses;

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
