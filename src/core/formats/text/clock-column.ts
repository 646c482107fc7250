import type { ColumnName } from './column-names';
import { cellNumber, type HeadTable } from './head-table';
import type { ClockColumn, CounterColumn } from './layout';
import type { Warning } from '../../../shared/domain';
import { warningSaid } from '../../../shared/domain/said';
import { clockOfDate, dayOfTime, secondsOfTime } from './clock';
import { startClockText, type Day } from '../shared/clock';

const TIME_NAME =
  /^(time|zeit|temps?|tempo|tiempo|tijd|t|elapsed.*|.*time ?stamp.*|seconds?|secs?|ms|date.*|.*_time)$/i;
const INDEX_NAME =
  /^(|#|n|i|idx|index|samples?|sample[ _]?(#|no|num|number|index|id)|nseq|frame|unnamed: 0)$/i;

const PER_SECOND = new Map<string, number>(
  Object.entries({ ns: 1e9, us: 1e6, ms: 1e3, s: 1, min: 1 / 60, h: 1 / 3600, d: 1 / 86_400 }),
);

/** Slower columns of times are no samples of an ECG: heart rates, segments, beats. */
const SLOWEST_HZ = 20;
/** Times without a unit that make it faster are no seconds: hours, days, minutes. No ECG is recorded at a higher rate. */
const FASTEST_HZ = 10_000;
/** Share of steps that have to be alike. */
const REGULAR = 0.9;

/** What tells the rows' places in time, and which column it is. */
export interface RowTimes {
  readonly clock: ClockColumn | null;
  readonly counter: CounterColumn | null;
  /** Columns that hold times or counts, none of them a lead. */
  readonly columns: ReadonlySet<number>;
  /** Wall clock of the first row where a column has dates. */
  readonly startClock: string | null;
  /** A date that may be read in two ways and was left out. */
  readonly warnings: readonly Warning[];
  /** The first column of times where neither it nor another tells the rows' places, and whether it runs backwards. */
  readonly unused: { readonly column: number; readonly isBackwards: boolean } | null;
}

/** Finds the column of times or of counts; where several tell the time, the most regular one. */
export function rowTimes(table: HeadTable, names: readonly ColumnName[] | null): RowTimes {
  const columns = new Set<number>();
  const clocks: ClockColumn[] = [];
  let counter: CounterColumn | null = null;
  let startClock: string | null = null;
  const warnings: Warning[] = [];
  for (const [column, kind] of table.kinds.entries()) {
    const name = names?.[column];
    const isTimeLike = kind === 'time' || kind === 'date';
    const isFirst = names === null && column === 0 && table.kinds.length > 1;
    const first = table.rows[0]![column]!;
    if (kind === 'date') startClock ??= clockOfDate(first);
    const ofDay = kind === 'time' ? dayOfTime(first) : null;
    if (ofDay) startClock ??= timeOfDay(first, ofDay.day);
    if (ofDay && ofDay.unsure !== '') {
      const said = { column: column + 1, date: JSON.stringify(ofDay.unsure) };
      warnings.push(warningSaid('bad-clock', 'warnings.unsureDay', said));
    }
    if (isTimeLike || (kind === 'number' && name && isTimeName(name))) columns.add(column);
    const clock = isTimeLike || kind === 'number' ? clockOf(table, column, name, isFirst) : null;
    if (clock) {
      columns.add(column);
      clocks.push(clock);
    } else if (
      kind === 'number' &&
      (isFirst || INDEX_NAME.test(name?.name ?? '-')) &&
      counts(table, column)
    ) {
      columns.add(column);
      counter ??= { column, step: 1, modulus: null };
    }
  }
  const isPlaced = clocks.length > 0 || counter !== null;
  const unused = isPlaced ? null : unusedTimes(table, names);
  return { clock: clocks[0] ?? null, counter, columns, startClock, warnings, unused };
}

function timeOfDay(text: string, day: Day | null): string | null {
  const seconds = secondsOfTime(text);
  if (seconds === null) return null;
  const [hour, minute] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return startClockText(day, { hour, minute, second: seconds % 60 });
}

function unusedTimes(table: HeadTable, names: readonly ColumnName[] | null): RowTimes['unused'] {
  for (const [column, kind] of table.kinds.entries()) {
    if (kind === 'text' || kind === 'empty') continue;
    const name = names?.[column] ?? { name: '-', unit: '' };
    const isTimes = kind !== 'number' || isTimeName(name);
    if (!isTimes && !INDEX_NAME.test(name.name)) continue;
    const isBackwards = runsBackwards(secondsOf(table, { column, kind, perSecond: 1 }));
    if (isTimes || isBackwards) return { column, isBackwards };
  }
  return null;
}

function runsBackwards(seconds: readonly number[]): boolean {
  const steps = seconds.slice(1).map((value, k) => value - seconds[k]!);
  const down = steps.filter((step) => step < 0);
  return down.length > 0 && down.length >= REGULAR * steps.filter((step) => step !== 0).length;
}

function isTimeName({ name, unit }: ColumnName): boolean {
  return TIME_NAME.test(name) || PER_SECOND.get(unit) !== undefined || unit === 'hh:mm:ss';
}

/** A regular column of times. */
function clockOf(
  table: HeadTable,
  column: number,
  name: ColumnName | undefined,
  isFirst: boolean,
): ClockColumn | null {
  const kind = table.kinds[column]!;
  if (kind === 'time' || kind === 'date') {
    const clock: ClockColumn = { column, kind, perSecond: 1 };
    return isRegular(secondsOf(table, clock)) ? clock : null;
  }
  if (!isFirst && !(name && isTimeName(name))) return null;
  const units = PER_SECOND.get(name?.unit ?? '') ?? PER_SECOND.get(name?.name.toLowerCase() ?? '');
  // A unit that is none of time is not taken for seconds either.
  const perSecond = units ?? (name?.unit ? null : assumedPerSecond(table, column));
  if (perSecond === null) return null;
  const isAssumed = units === undefined && perSecond === 1;
  const clock: ClockColumn = {
    ...{ column, kind: 'number', perSecond },
    ...(isAssumed ? { isAssumed } : {}),
  };
  return isRegular(secondsOf(table, clock)) ? clock : null;
}

/** Steps of less than one are seconds; of counts since 1970 the size tells the unit. */
function assumedPerSecond(table: HeadTable, column: number): number | null {
  const [first, second] = [0, 1].map((row) => cellNumber(table.rows[row]![column]!, table));
  if (first! > 1e17) return 1e9;
  if (first! > 1e14) return 1e6;
  if (first! > 1e11) return 1e3;
  const mean = (cellNumber(table.rows.at(-1)![column]!, table) - first!) / (table.rows.length - 1);
  const isFast = Math.abs(mean) * FASTEST_HZ < 0.99;
  return Math.abs(second! - first!) < 1 && !isFast ? 1 : null;
}

function secondsOf(table: HeadTable, { column, kind, perSecond }: ClockColumn): number[] {
  return table.rows.map((row) => {
    const cell = row[column]!;
    if (kind === 'number') return cellNumber(cell, table) / perSecond;
    if (kind === 'time') return secondsOfTime(cell) ?? NaN;
    const clock = clockOfDate(cell);
    return clock === null ? NaN : Date.parse(`${clock}Z`) / 1000;
  });
}

/** Steps that are alike but for the rounding of the times, at a rate that an ECG may have. */
function isRegular(seconds: readonly number[]): boolean {
  const steps = seconds.slice(1).map((value, k) => value - seconds[k]!);
  const sorted = [...steps].sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1]!;
  const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
  // Times so coarse that most steps are 0: the others are one unit of the clock.
  const unit = median > 0 ? 0 : (sorted.find((step) => step > 0) ?? 0);
  const typical = median > 0 ? median : mean;
  if (!(typical > 0) || 1 / typical < SLOWEST_HZ) return false;
  const alike = steps.filter((step) => step >= 0 && step <= 2 * typical + unit + 1e-9);
  return alike.length >= REGULAR * steps.length;
}

/** Whole numbers that go up by one. */
export function counts(table: HeadTable, column: number): boolean {
  const numbers = table.rows.map((row) => cellNumber(row[column]!, table));
  const steps = numbers.slice(1).map((number, k) => number - numbers[k]!);
  const isCount = numbers.every(Number.isInteger) && steps.every((step) => step > 0);
  return isCount && steps.filter((step) => step === 1).length >= REGULAR * steps.length;
}
