import type { Words } from '../words';
import { shownOrder } from './ecg-leads';
import { shownName } from './lead-layout';
import type { AveragedBeat, Intervals } from './measurements';
import type { Lead } from './recording';

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

/** The ST of each lead of an averaged beat in the order in which leads are shown, mV with its sign and without the unit. */
export function stOfLeads(
  beat: Pick<AveragedBeat, 'leads'>,
  leads: readonly Lead[],
  words: Words,
): { readonly name: string; readonly value: string }[] {
  return shownOrder(beat.leads).map((place) => {
    const { index, name, st60Mv } = beat.leads[place]!;
    const lead = leads.find((one) => one.index === index);
    return { name: lead ? shownName({ lead }) : name, value: stText(st60Mv, words) };
  });
}

function stText(stMv: number | null, { number }: Words): string {
  if (stMv === null) return '–';
  const rounded = Math.round(stMv * 100) / 100 || 0;
  return `${rounded > 0 ? '+' : ''}${number(rounded, 2)}`;
}

/** What QTc and axis come from, where there are some, and that nothing says what is normal. */
export function measuredFrom(
  { rrMs, qrsAxisDeg }: Pick<Intervals, 'rrMs' | 'qrsAxisDeg'>,
  { say, number }: Words,
): string {
  return [
    rrMs === null ? '' : say('measure.qtcFrom', { ms: number(rrMs, 0) }),
    qrsAxisDeg === null ? '' : say('measure.axisFrom'),
    say('measure.notInterpreted'),
  ]
    .filter(Boolean)
    .join(' ');
}
