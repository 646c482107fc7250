import { dayText } from '../shared/clock';
import Papa from 'papaparse';
import { clockOfDate } from './clock';
import type { HeadLine } from './head-lines';
import type { TableLayout } from './layout';

const COMMA = 0x2c;
const POINT = 0x2e;
/** No cell ends before its line does. */
const NO_DELIMITER = 0x3b;

const RATE = /^([\d.,]+) ?(?:hertz|hz)$/i;
const UNITS = new Map<string, string>(
  Object.entries({ µV: 'uV', μV: 'uV', uV: 'uV', mV: 'mV', V: 'V' }),
);
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * An electrocardiogram as Apple's Health app exports it: lines of key and value, then one number a line. Keys are in
 * the language of the telephone, so that values tell what they are: a date, a rate, a unit.
 */
export function appleHealth(lines: readonly HeadLine[]): TableLayout | null {
  const first = lines.findIndex(({ text }) => /^-?\d+([.,]\d+)?$/.test(text.trim()));
  if (first < 6 || first > 40) return null;
  const pairs = lines.slice(0, first).flatMap(({ text }) => {
    const [pair] = Papa.parse<string[]>(text, { delimiter: ',' }).data;
    return pair && pair.length === 2 ? [{ key: pair[0]!.trim(), value: pair[1]!.trim() }] : [];
  });
  const rate = pairs.map(({ value }) => RATE.exec(value)?.[1]).find(Boolean);
  const units = pairs.map(({ value }) => UNITS.get(value)).find(Boolean);
  if (!rate || !units) return null;
  const samplingRateHz = Number(rate.replace(',', '.'));
  const numbers = lines.slice(first).map(({ text }) => text.trim());
  const decimal = numbers.some((text) => text.includes(',')) ? COMMA : POINT;
  if (!(samplingRateHz > 0) || !numbers.every((text) => /^(-?\d+([.,]\d+)?)?$/.test(text)))
    return null;

  const dateAt = pairs.findIndex(({ value }) => clockOfDate(value) !== null);
  const leadAt = pairs.findIndex(({ value }) => UNITS.get(value)) - 1;
  return {
    delimiter: NO_DELIMITER,
    decimal,
    title: 'Apple Health ECG export',
    firstRowByte: lines[first]!.byte,
    leads: [
      {
        column: 0,
        // `Lead I` in the language of the telephone.
        name: pairs[leadAt]?.value.split(/\s+/).at(-1) ?? 'I',
        units,
        gainAduPerUnit: null,
        baselineAdu: 0,
      },
    ],
    clock: null,
    counter: null,
    samplingRateHz,
    startClock: dateAt < 0 ? null : clockOfDate(pairs[dateAt]!.value),
    // Name and birth date come before the date of the recording, what was found and what was felt after it.
    patient: dateAt < 2 ? {} : { name: pairs[0]!.value || null, birthDate: dayOf(pairs[1]!.value) },
    measurements: dateAt < 0 ? [] : [measured(pairs[dateAt + 1])].flat(),
    comments: pairs
      .slice(dateAt + 2, leadAt)
      .filter(({ value }) => value !== '' && !RATE.test(value))
      .map(({ key, value }) => `${key}: ${value}`),
  };
}

function measured(pair: { readonly key: string; readonly value: string } | undefined) {
  return pair && pair.value !== '' && !RATE.test(pair.value)
    ? [{ name: pair.key, value: pair.value, units: '' }]
    : [];
}

/** `Feb 5, 1952` and `1952-02-05`; of 5/02/1952 nobody knows which is the month. */
function dayOf(text: string): string | null {
  const english = /^([A-Z][a-z]{2})[a-z]* (\d{1,2}), (\d{4})$/.exec(text);
  if (english) {
    return dayText(
      Number(english[3]),
      MONTHS.indexOf(english[1]!.toLowerCase()) + 1,
      Number(english[2]),
    );
  }
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return iso && dayText(Number(iso[1]), Number(iso[2]), Number(iso[3]));
}
