import Papa from 'papaparse';
import type { HeadLine } from './head-lines';
import { isComment, type HeadTable } from './head-table';
import { readInterval } from './stated-rate';

/** What a header says of one column. */
export interface ColumnName {
  readonly name: string;
  /** Empty where there is none. */
  readonly unit: string;
}

/** Units as tables write them, and as a recording has them. */
const UNITS = new Map<string, string>(
  Object.entries({
    v: 'V',
    mv: 'mV',
    millivolts: 'mV',
    uv: 'uV',
    µv: 'uV',
    μv: 'uV',
    microvolts: 'uV',
    nv: 'nV',
    s: 's',
    sec: 's',
    seconds: 's',
    ms: 'ms',
    msec: 'ms',
    milliseconds: 'ms',
    us: 'us',
    µs: 'us',
    μs: 'us',
    usec: 'us',
    microseconds: 'us',
    ns: 'ns',
    nanoseconds: 'ns',
    secs: 's',
    second: 's',
    min: 'min',
    mins: 'min',
    minute: 'min',
    minutes: 'min',
    h: 'h',
    hr: 'h',
    hrs: 'h',
    hour: 'h',
    hours: 'h',
    d: 'd',
    day: 'd',
    days: 'd',
    'hh:mm:ss.mmm': 'hh:mm:ss',
    'hh:mm:ss': 'hh:mm:ss',
    adu: 'ADU',
    adc: 'ADU',
    counts: 'ADU',
    mmhg: 'mmHg',
    nu: 'NU',
    bpm: 'bpm',
    g: 'g',
  }),
);

/** Voltages, of which ECG leads are measured. */
export const VOLTAGES = new Set(['V', 'mV', 'uV', 'nV']);
/** Stands for numbers without a scale. */
export const RAW = 'ADU';

/**
 * Names and units of the columns: the last line of the header that has a cell for each, or the one before where that
 * holds units only.
 * @returns null where no line has
 */
export function columnNames(table: HeadTable): readonly ColumnName[] | null {
  const { names, units } = namingLines(table);
  if (!names) return null;
  return table.kinds.map((_, k) => {
    const { name, unit } = nameAndUnit(names.cells[k] ?? '');
    return { name, unit: (units ? unitOf(units.cells[k] ?? '') : null) ?? unit };
  });
}

/** The other lines of the header, as what the file says of itself: device, person, comments. */
export function headerComments(table: HeadTable): string[] {
  const { names, units } = namingLines(table);
  return table.header
    .filter((line) => line !== names?.line && line !== units?.line)
    .map(({ text }) => text.replace(/^[\s#%]+/, '').trim())
    .filter((text) => /\p{L}/u.test(text));
}

interface NamingLine {
  readonly line: HeadLine;
  readonly cells: readonly string[];
}

function namingLines({ header, kinds, delimiter }: HeadTable): {
  readonly names: NamingLine | undefined;
  readonly units: NamingLine | undefined;
} {
  const lines = header
    .filter(({ text }) => !isComment(text))
    .map((line) => ({ line, cells: headerCells(line.text, String.fromCharCode(delimiter)) }))
    .filter(({ cells }) => Math.abs(cells.length - kinds.length) <= 1);
  const last = lines.at(-1);
  const before = lines.at(-2);
  return before && isUnitLine(last!.cells, before.cells)
    ? { names: before, units: last }
    : { names: last, units: undefined };
}

/** Units alone; what counts the rows has none, and says again that it does or how far they are apart (PhysioBank's exports). */
function isUnitLine(cells: readonly string[], names: readonly string[]): boolean {
  const [first = '', ...others] = cells;
  const isUnit = (cell: string): boolean => cell === '' || unitOf(cell) !== null;
  if (!others.every(isUnit)) return false;
  if (isUnit(first)) return true;
  const ofCount = readInterval(first) !== null || first === names[0];
  return ofCount && others.some((cell) => cell !== '') && !names.slice(1).every(isUnit);
}

function headerCells(text: string, delimiter: string): string[] {
  if (delimiter === ' ') return text.trim().split(/\s+/);
  const quoteChar = text.includes('"') ? '"' : "'";
  const [cells] = Papa.parse<string[]>(text, { delimiter, quoteChar }).data;
  return (cells ?? []).map((cell) =>
    cell
      .trim()
      .replace(/^'(.*)'$/, '$1')
      .trim(),
  );
}

/** A unit by itself, in brackets or not; null for anything else. */
function unitOf(cell: string): string | null {
  return (
    UNITS.get(
      cell
        .replace(/^[[(](.*)[\])]$/, '$1')
        .trim()
        .toLowerCase(),
    ) ?? null
  );
}

/** `time_ms`, `timestamp us`, `timeMs`, `t/s`, `Time, msec`. */
const TIME_WITH_UNIT =
  /^((?:.*[ _])?(?:time|zeit|temps?|tempo|tiempo|time ?stamp|elapsed|t))(?:[ _./,]{0,2})(m?sec|ms|us|µs|μs|ns|s|min|h)$/i;
/** `ecg_mV`, `I mV`, `I/mV`, `I, mV`, `I.mV`; of volts alone only `I/V` and `I, V`, as `Lead V` may be a lead. */
const VOLTAGE_WITH_UNIT = /^(.*[^\s_./,])(?:[\s_.,/]\s*(mv|uv|µv|μv|nv)|\s*[/,]\s*(v))$/i;

/** `I [mV]`, `I (mV)`, a name with its unit behind it, and `mV` alone. */
function nameAndUnit(cell: string): ColumnName {
  const bracketed = /^(.*?)\s*[[(]([^\])]+)[\])]$/.exec(cell);
  if (bracketed)
    return { name: bracketed[1]!, unit: unitOf(bracketed[2]!) ?? bracketed[2]!.trim() };
  const alone = unitOf(cell);
  if (alone !== null && VOLTAGES.has(alone)) return { name: cell, unit: alone };
  const ending = VOLTAGE_WITH_UNIT.exec(cell) ?? TIME_WITH_UNIT.exec(cell);
  const unit = ending && unitOf(ending[2] ?? ending[3] ?? '');
  return unit ? { name: ending[1]!, unit } : { name: cell, unit: '' };
}
