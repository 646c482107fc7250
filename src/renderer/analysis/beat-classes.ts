// From the file itself: the domain's index would bring the schema library into the bundle.
import type { Hue } from '../findings/kinds';
import { BEAT_CLASSES } from '../../shared/domain/beat-classes';
import { say } from '../words';

export { BEAT_CLASSES };
export { lowerBound } from '../../shared/domain/lower-bound';

const HUES: Record<string, Hue> = { S: 's', V: 'v', F: 'f' };

/** The class whose colour a beat's letter has. */
export function hueOfBeat(symbol: string): Hue {
  return HUES[symbol] ?? 'n';
}

/** What a class of beats is called. */
export function beatClassName(beatClass: (typeof BEAT_CLASSES)[number]): string {
  return say(`beats.class_${beatClass}`);
}

/** True for the classes that a reader looks for. */
export function isEctopic(symbol: string): boolean {
  return symbol === 'S' || symbol === 'V' || symbol === 'F';
}
