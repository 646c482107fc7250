import type { Words } from '../words';
import type { Intervals } from './measurements';

/** What is measured in an averaged beat, in the order in which it is said. */
export const MEASURED = [
  'rateBpm',
  'prMs',
  'qrsMs',
  'qtMs',
  'qtcBazettMs',
  'qtcFridericiaMs',
  'pMs',
  'qrsAxisDeg',
] as const satisfies readonly (keyof Intervals)[];
export type MeasuredInterval = (typeof MEASURED)[number];

/** Names that are the same in every language. */
const NAMES = {
  prMs: 'PR',
  qrsMs: 'QRS',
  qtMs: 'QT',
  qtcBazettMs: 'QTcB',
  qtcFridericiaMs: 'QTcF',
  pMs: 'P',
} as const;

export function intervalName(key: MeasuredInterval, { say }: Words): string {
  if (key === 'rateBpm') return say('measure.rate');
  return key === 'qrsAxisDeg' ? say('measure.axis') : NAMES[key];
}

/** @param value in bpm, ms or degrees, as the name of the key says; null where it could not be measured */
export function intervalText(
  key: MeasuredInterval,
  value: number | null,
  { say, number }: Words,
): string {
  if (value === null) return '–';
  const rounded = number(value, 0);
  if (key === 'qrsAxisDeg') return `${rounded}°`;
  return `${rounded} ${key === 'rateBpm' ? say('hours.bpm') : 'ms'}`;
}

/** The ST of a lead with its sign, mV without the unit. */
export function stText(stMv: number | null, { number }: Words): string {
  if (stMv === null) return '–';
  const rounded = Math.round(stMv * 100) / 100 || 0;
  return `${rounded > 0 ? '+' : ''}${number(rounded, 2)}`;
}
