import { RowCells, type Notation } from './cells';
import { clockOfDate, secondsOfTime } from './clock';
import type { HeadLine } from './head-lines';

export type ColumnKind = 'number' | 'time' | 'date' | 'text' | 'empty';

/** The numbers at the end of the head of a file: how they are written and what kind each column is. */
export interface HeadTable extends Notation {
  /** Lines before the first row, without blank ones. */
  readonly header: readonly HeadLine[];
  readonly firstRowByte: number;
  /** Cells of each row. */
  readonly rows: readonly (readonly string[])[];
  readonly kinds: readonly ColumnKind[];
}

const COMMA = 0x2c;
const POINT = 0x2e;
const SEMICOLON = 0x3b;
const PIPE = 0x7c;
const TAB = 0x09;
const SPACE = 0x20;

/** Ways to write a row, tried in this order. Decimal commas between commas stand in quotes. */
const NOTATIONS: readonly Notation[] = [
  { delimiter: SEMICOLON, decimal: POINT },
  { delimiter: SEMICOLON, decimal: COMMA },
  { delimiter: PIPE, decimal: POINT },
  { delimiter: PIPE, decimal: COMMA },
  { delimiter: TAB, decimal: POINT },
  { delimiter: TAB, decimal: COMMA },
  { delimiter: COMMA, decimal: POINT },
  { delimiter: COMMA, decimal: COMMA },
  { delimiter: SPACE, decimal: POINT },
  { delimiter: SPACE, decimal: COMMA },
];

const FEWEST_ROWS = 50;
const MOST_COLUMNS = 256;
const MOST_HEADER_LINES = 80;
/** Rows at the end of the head that show how all are written. */
const PROBE_ROWS = 100;
/** Rows at the beginning of the table that are looked at. */
const MOST_ROWS = 1000;

/** What tables write where there is no value. */
const MISSING = /^(|-|n\/?a|nan|null|none)$/i;

/**
 * Finds rows of numbers in the head of a file.
 * @returns null where its lines do not end in rows that are alike
 */
export function headTable(lines: readonly HeadLine[]): HeadTable | null {
  const filled = lines.filter(({ text }) => text.trim() !== '');
  const written = filled.filter(({ text }) => !isComment(text));
  // One line that went wrong among the last shows nothing of the others: those before them may be alike.
  for (const after of [0, PROBE_ROWS]) {
    const probe = written.slice(0, written.length - after).slice(-PROBE_ROWS);
    const shape = probe.length < FEWEST_ROWS ? null : shapeOfAll(probe);
    if (shape) return tableOf(filled, shape);
  }
  return null;
}

function shapeOfAll(probe: readonly HeadLine[]): Shape | null {
  const several = shapeOf(probe, NOTATIONS, (columns) => columns > 1);
  return several && !isDecimalComma(several, probe) ? several : singleColumn(probe);
}

interface Shape extends Notation {
  readonly columns: number;
  readonly kinds: readonly ColumnKind[];
}

export function isComment(text: string): boolean {
  return /^\s*[#%]/.test(text);
}

/** Those of one line at a time. */
const places = new RowCells(MOST_COLUMNS + 1);

/** Cells of a line. */
export function cellsOf(text: string, { delimiter }: Notation): string[] {
  const bytes = Buffer.from(text);
  places.find(bytes, 0, bytes.length, delimiter);
  // Where every character is one byte, places in the bytes are places in the text.
  const isNarrow = bytes.length === text.length;
  return Array.from({ length: places.count }, (_, k) => {
    const [from, to] = [places.places[2 * k]!, places.places[2 * k + 1]!];
    return isNarrow ? text.slice(from, to) : bytes.toString('utf8', from, to);
  });
}

/** The first of the notations in which all lines are alike, with as many columns as are wanted. */
function shapeOf(
  probe: readonly HeadLine[],
  notations: readonly Notation[],
  isWanted: (columns: number) => boolean,
): Shape | null {
  for (const notation of notations) {
    const rows = rowsAlike(probe, notation);
    const shape = rows && isWanted(rows[0]!.length) ? kindsOf(rows, notation) : null;
    if (shape) return shape;
  }
  return null;
}

/** Cells of lines that all have the same number of them; null where they do not, or have too many. */
function rowsAlike(probe: readonly HeadLine[], notation: Notation): string[][] | null {
  const rows: string[][] = [];
  for (const { text } of probe) {
    const cells = cellsOf(text, notation);
    if (cells.length > MOST_COLUMNS || cells.length !== (rows[0] ?? cells).length) return null;
    rows.push(cells);
  }
  return rows;
}

function kindsOf(rows: readonly (readonly string[])[], notation: Notation): Shape | null {
  const columns = rows[0]!.length;
  const kinds = Array.from({ length: columns }, (_, k) =>
    kindOf(
      rows.map((row) => row[k]!),
      notation,
    ),
  );
  const numbers = kinds.filter((kind) => kind === 'number').length;
  return numbers > 0 ? { ...notation, columns, kinds } : null;
}

function kindOf(cells: readonly string[], notation: Notation): ColumnKind {
  const filled = cells.filter((cell) => !MISSING.test(cell));
  if (filled.length === 0) return 'empty';
  if (filled.every((cell) => isNumber(cell, notation))) return 'number';
  if (filled.every((cell) => secondsOfTime(cell) !== null)) return 'time';
  if (filled.every((cell) => clockOfDate(cell) !== null)) return 'date';
  return 'text';
}

/** A number without the signs of typesetting that `numberIn` reads: U+2212 for minus, firm spaces between thousands. */
function plainNumber(cell: string): string {
  return cell.replaceAll('\u2212', '-').replaceAll(/(?<=\d)[\u00a0\u202f](?=\d{3}(?!\d))/g, '');
}

function isNumber(cell: string, { decimal }: Notation): boolean {
  const pattern =
    decimal === COMMA
      ? /^[+-]?(\d+,?\d*|,\d+)(e[+-]?\d+)?$/i
      : /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
  return pattern.test(plainNumber(cell));
}

/** `280,003` and `279,069` are no two columns: whole numbers do not begin with a zero. */
function isDecimalComma({ columns, delimiter }: Shape, probe: readonly HeadLine[]): boolean {
  if (columns !== 2 || delimiter !== COMMA) return false;
  const fractions = probe.map(({ text }) => text.trim().split(',')[1] ?? '');
  const isSameWidth = fractions.every(({ length }) => length === fractions[0]!.length);
  return isSameWidth && fractions.some((fraction) => /^0\d/.test(fraction));
}

function singleColumn(probe: readonly HeadLine[]): Shape | null {
  const notations = [POINT, COMMA].map((decimal) => ({ delimiter: SEMICOLON, decimal }));
  return shapeOf(probe, notations, (columns) => columns === 1);
}

/** Rows above a line that is no row by which it lies within the table: the header has none, and names and units below it. */
const ROWS_ABOVE = 5;

/** Whether the lines right above a line are rows: it is then one that went wrong, and not where the table begins. */
function isWithin(filled: readonly HeadLine[], line: number, shape: Shape): boolean {
  let rows = 0;
  for (let above = line - 1; above >= 0 && rows < ROWS_ABOVE; above--) {
    const { text } = filled[above]!;
    if (isComment(text)) continue;
    if (!isLike(cellsOf(text, shape), shape)) return false;
    rows++;
  }
  return rows === ROWS_ABOVE;
}

/** Goes back from where the table surely is as long as rows are alike, but for single ones. */
function tableOf(filled: readonly HeadLine[], shape: Shape): HeadTable | null {
  const rows: string[][] = [];
  let first = Math.min(filled.length, MOST_HEADER_LINES + MOST_ROWS);
  while (first > 0) {
    const { text } = filled[first - 1]!;
    if (!isComment(text)) {
      const cells = cellsOf(text, shape);
      if (isLike(cells, shape)) rows.push(cells);
      else if (!isWithin(filled, first - 1, shape)) break;
    }
    first--;
  }
  // Comments before the first row belong to the header.
  while (first < filled.length && isComment(filled[first]!.text)) first++;
  rows.reverse();
  if (rows.length < FEWEST_ROWS || first > MOST_HEADER_LINES) return null;
  const kinds = shape.kinds.map((kind, k) =>
    kind === 'empty'
      ? kindOf(
          rows.map((row) => row[k]!),
          shape,
        )
      : kind,
  );
  const { delimiter, decimal } = shape;
  const firstRowByte = filled[first]!.byte;
  return { delimiter, decimal, header: filled.slice(0, first), firstRowByte, rows, kinds };
}

function isLike(cells: readonly string[], shape: Shape): boolean {
  if (cells.length !== shape.columns) return false;
  return cells.every((cell, k) => {
    const kind = shape.kinds[k]!;
    if (kind === 'number' && isNumber(cell, shape)) return true;
    // What was empty where it was looked at may hold a word now and then: a label.
    if (MISSING.test(cell) || kind === 'text' || kind === 'empty') return true;
    return kindOf([cell], shape) === kind;
  });
}

/** A cell as a number, NaN where it is none. */
export function cellNumber(cell: string, { decimal }: Notation): number {
  if (MISSING.test(cell)) return NaN;
  const plain = plainNumber(cell);
  return Number(decimal === COMMA ? plain.replace(',', '.') : plain);
}
