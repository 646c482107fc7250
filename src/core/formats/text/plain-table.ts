import type { Warning } from '../../../shared/domain';
import { toldBy, warningSaid } from '../../../shared/domain/said';
import type { HeadLine } from './head-lines';
import { RAW, VOLTAGES, columnNames, headerComments, type ColumnName } from './column-names';
import { counts, rowTimes, type RowTimes } from './clock-column';
import { cellNumber, headTable, type HeadTable } from './head-table';
import type { TableLayout, TableLead } from './layout';
import { statedRate } from './stated-rate';

/** Names of leads as tables call them, and names of columns that may be anything. */
const LEAD_NAME =
  /^(i{1,3}|av[rlf]|v[1-9]r?|ml(i{1,3}|v)|mcl\d|e[ck]g([ _-]?(lead.*|ch.*|raw|signal|\d+|i{1,3}))?|leads? .*|lead_.*|.*[ _-]e[ck]g)$/i;
const ANY_NAME =
  /^([xyz]|ch(annel|an)?[ _-]?\d+|signals?.*|voltages?|amplitudes?|values?|adc.*|data)$/i;

/** Columns without a header that no column of counts or times leads have to look like samples, and be many. */
const FEWEST_BARE_ROWS = 500;
const FEWEST_DISTINCT = 10;
const LEAST_CORRELATION = 0.6;
const MOST_BARE_COLUMNS = 16;

/**
 * A table of columns: MIT-BIH's and rdsamp's CSV, exports of spreadsheets and programs.
 * @returns null for anything that is not surely a table of samples: tables of people, of labels, of beats
 */
export function plainTable(lines: readonly HeadLine[]): TableLayout | null {
  const table = headTable(lines);
  if (!table) return null;
  const names = columnNames(table);
  const hasHeader = table.header.some(({ text }) => text.trim() !== '' && !/^\s*[#%]/.test(text));
  if (hasHeader && !names) return null;
  const times = rowTimes(table, names);
  const leads = leadColumns(table, names, times);
  if (leads.length === 0 || !isRecording(table, names, times, leads)) return null;
  return {
    delimiter: table.delimiter,
    decimal: table.decimal,
    title: 'Table of samples (text)',
    columns: table.kinds.length,
    firstRowByte: table.firstRowByte,
    leads: leads.map((column) => leadOf(names?.[column], column)),
    clock: times.clock,
    counter: times.clock ? null : times.counter,
    samplingRateHz: statedRate(table.header),
    startClock: times.startClock,
    comments: headerComments(table),
    ...faultOf(times, leftOut(table, names, times, leads)),
  };
}

/** Columns that are neither times nor leads, by number and name: what is left out is said. */
function leftOut(
  { kinds }: HeadTable,
  names: readonly ColumnName[] | null,
  { columns }: RowTimes,
  leads: readonly number[],
): Warning[] {
  const left = kinds.flatMap((kind, column) =>
    kind === 'empty' || columns.has(column) || leads.includes(column) ? [] : [column],
  );
  if (left.length === 0 || names === null) return [];
  const list = left.map((column) => `${column + 1} (${names[column]?.name ?? ''})`).join(', ');
  return [warningSaid('columns-left-out', 'warnings.columnsLeftOut', { list })];
}

/** Times that cannot place the rows: rows from last to first would be beats turned round, others are placed by count. */
function faultOf(
  { unused, warnings: ofTimes }: RowTimes,
  others: readonly Warning[],
): Pick<TableLayout, 'fault' | 'warnings'> {
  const warnings = [...ofTimes, ...others];
  if (!unused) return { warnings };
  const column = unused.column + 1;
  if (unused.isBackwards) return { fault: toldBy('files.rowsBackwards', { column }), warnings };
  const notUsed = warningSaid('times-not-used', 'warnings.timesNotUsed', { column });
  return { warnings: [notUsed, ...warnings] };
}

function leadColumns(
  table: HeadTable,
  names: readonly ColumnName[] | null,
  { columns }: RowTimes,
): number[] {
  const { kinds } = table;
  const numbers = kinds.flatMap((kind, column) =>
    kind === 'number' && !columns.has(column) && !counts(table, column) ? [column] : [],
  );
  const isVoltage = (column: number): boolean => VOLTAGES.has(names?.[column]?.unit ?? '');
  const voltages = numbers.filter(isVoltage);
  const found = voltages.length > 0 ? voltages : numbers;
  if (names === null || found.length === 0) return found;
  // A lead that begins after the others has no value where a table is looked at.
  const late = kinds.flatMap((kind, column) => {
    const isLead = voltages.length > 0 ? isVoltage(column) : isLeadName(names[column]!);
    return kind === 'empty' && isLead ? [column] : [];
  });
  return [...found, ...late].sort((a, b) => a - b);
}

/** Strict, because folders hold many tables that are no recordings. */
function isRecording(
  table: HeadTable,
  names: readonly ColumnName[] | null,
  { clock, counter }: RowTimes,
  leads: readonly number[],
): boolean {
  // Words beside samples are labels of theirs only where times and a voltage leave no doubt.
  const isVoltage = (column: number): boolean => VOLTAGES.has(names?.[column]?.unit ?? '');
  if (table.kinds.includes('text') && !(clock && leads.every(isVoltage))) return false;
  if (!names) return (clock ?? counter) !== null || looksLikeSamples(table, leads);
  if (clock || leads.some((column) => isLeadName(names[column]!))) return true;
  const mayBe = leads.every((column) => ANY_NAME.test(names[column]!.name));
  return mayBe && looksLikeSamples(table, leads);
}

function isLeadName({ name, unit }: ColumnName): boolean {
  return VOLTAGES.has(unit) || unit === RAW || LEAD_NAME.test(name);
}

/** Neighbours that are like each other, many different values, no count of something. */
function looksLikeSamples(table: HeadTable, leads: readonly number[]): boolean {
  if (table.rows.length < FEWEST_BARE_ROWS || leads.length > MOST_BARE_COLUMNS) return false;
  const columns = leads.map((column) =>
    table.rows
      .map((row) => cellNumber(row[column]!, table))
      .filter((number) => !Number.isNaN(number)),
  );
  // Leads whose electrode is off stand still.
  const moving = columns.filter((numbers) => numbers.some((number) => number !== numbers[0]));
  return moving.length > columns.length / 2 && moving.every(isWave);
}

function isWave(numbers: readonly number[]): boolean {
  const rises = numbers.slice(1).every((number, k) => number >= numbers[k]!);
  return (
    !rises && new Set(numbers).size >= FEWEST_DISTINCT && correlation(numbers) >= LEAST_CORRELATION
  );
}

/** Correlation of numbers with their neighbours. */
function correlation(numbers: readonly number[]): number {
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  let product = 0;
  let square = 0;
  for (const [k, number] of numbers.entries()) {
    square += (number - mean) ** 2;
    if (k > 0) product += (number - mean) * (numbers[k - 1]! - mean);
  }
  return square > 0 ? product / square : 0;
}

function leadOf(name: ColumnName | undefined, column: number): TableLead {
  return {
    column,
    name: name?.name || `column ${column + 1}`,
    units: name && name.unit !== RAW ? name.unit : '',
    gainAduPerUnit: null,
    baselineAdu: 0,
  };
}
