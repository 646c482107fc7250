import { clockOfDate, secondsOfTime } from './clock';
import type { HeadLine } from './head-lines';
import { cellsOf, isComment } from './head-table';
import type { CounterColumn, TableLayout } from './layout';

const NOTATION = { delimiter: 0x2c, decimal: 0x2e };

/** Text of the OpenBCI GUI: comments with the rate, then a count, the EXG channels in microvolts, and the rest. */
export function openBci(lines: readonly HeadLine[]): TableLayout | null {
  if (!/^%OpenBCI/.test(lines[0]?.text ?? '')) return null;
  const comments = lines.filter(({ text }) => isComment(text)).map(({ text }) => text);
  const stated = (pattern: RegExp) => comments.map((text) => pattern.exec(text)?.[1]).find(Boolean);
  const rate = Number(stated(/sample rate\s*=\s*([\d.]+)/i) ?? NaN);
  const channels = Number(stated(/number of channels\s*=\s*(\d+)/i) ?? 0);
  const first = lines.findIndex(({ text }) => /^\s*\d+(\.\d+)?\s*,/.test(text));
  if (first < 0) return null;
  const header = lines
    .slice(0, first)
    .findLast(({ text }) => !isComment(text) && text.trim() !== '');
  const names = header ? cellsOf(header.text, NOTATION) : [];
  const rows = lines.slice(first).map(({ text }) => cellsOf(text, NOTATION));
  const columns = names.flatMap((name, column) => (/^EXG Channel/i.test(name) ? [column] : []));
  const leads = columns.length > 0 ? columns : Array.from({ length: channels }, (_, k) => k + 1);
  if (leads.length === 0 || leads.some((column) => Number.isNaN(Number(rows[0]![column]))))
    return null;
  return {
    ...NOTATION,
    title: 'OpenBCI text',
    firstRowByte: lines[first]!.byte,
    leads: leads.map((column, k) => ({
      column,
      name: names[column] ?? `EXG Channel ${k}`,
      units: 'uV',
      gainAduPerUnit: null,
      baselineAdu: 0,
    })),
    clock: null,
    counter: counterOf(rows.map((row) => Number(row[0]))),
    samplingRateHz: rate > 0 ? rate : null,
    startClock: startOf(rows[0]!.at(-1)!),
  };
}

/** Counts go up by one or two and begin again: where they do is told by the highest. */
export function counterOf(counts: readonly number[]): CounterColumn | null {
  const steps = counts.slice(1).map((count, k) => count - counts[k]!);
  const rising = steps.filter((step) => step > 0).sort((a, b) => a - b);
  const step = rising[rising.length >> 1];
  if (!step || rising.length < 0.8 * steps.length) return null;
  const beginsAgain = steps.some((difference) => difference < 0);
  return { column: 0, step, modulus: beginsAgain ? Math.max(...counts) + step : null };
}

/** Date and time, or the time of day alone. */
function startOf(text: string): string | null {
  const seconds = secondsOfTime(text);
  if (seconds === null) return clockOfDate(text);
  return seconds < 86_400
    ? `T${new Date(Math.floor(seconds * 1000 + 1e-6)).toISOString().slice(11, 23)}`
    : null;
}
