import { hasTooMany, RowCells } from './cells';
import type { TableLayout } from './layout';

/** Lines of a kind: how many there are, the row of samples at which the first lies, from 1, and what it says. */
export interface OddLine {
  readonly count: number;
  readonly row: number;
  readonly text: string;
}

/** What stands among the rows of a table that is no row of samples. */
export interface OddLines {
  /** Lines that begin with `#` or `%`. */
  readonly comments: OddLine | null;
  /** Lines that have words where the others have samples: a header again, what a device told. */
  readonly words: OddLine | null;
  /** Rows with more cells than the others, whose samples read as missing. */
  readonly longer: OddLine | null;
}

/** Characters of a line that are shown. */
const MOST_SHOWN = 60;
/** What may stand before the first digit of a row: signs, points, quotes, delimiters. */
const BEFORE_DIGIT = new Set(Buffer.from(' +-.,;|"\'\t\r'));
const [ZERO, NINE] = [0x30, 0x39];
const WORD = /[a-z\u0080-\uffff]/i;
const MISSING = /^(|-|n\/?a|nan|null|none|[+-]?inf(inity)?)$/i;

/** Looks for such lines; those that begin with a number are no words, and cost nothing. */
export function oddLines({ leads, delimiter, decimal, columns = Infinity }: TableLayout) {
  const cells = new RowCells(Math.max(...leads.map(({ column }) => column)) + 1);
  const all = new RowCells(Number.isFinite(columns) ? columns + 1 : 1);
  const shape = { delimiter, columns };
  let comments: OddLine | null = null;
  let longer: OddLine | null = null;
  let words: OddLine | null = null;

  const another = (before: OddLine | null, row: number, line: () => string): OddLine =>
    before ? { ...before, count: before.count + 1 } : { count: 1, row, text: line() };
  const shown = (bytes: Uint8Array, start: number, end: number) => () => {
    const text = Buffer.from(bytes.subarray(start, end)).toString().trim();
    return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
  };

  return {
    /** @param rows before it */
    comment(bytes: Uint8Array, start: number, end: number, rows: number): void {
      comments = another(comments, rows + 1, shown(bytes, start, end));
    },
    row(bytes: Uint8Array, start: number, end: number, row: number): void {
      if (hasTooMany(all, bytes, start, end, shape)) {
        longer = another(longer, row, shown(bytes, start, end));
        return;
      }
      if (beginsWithDigit(bytes, start, end)) return;
      cells.find(bytes, start, end, delimiter);
      const isSample = leads.some(({ column }) => {
        return (
          !Number.isNaN(cells.number(bytes, column, decimal)) ||
          (column < cells.count && MISSING.test(cells.text(bytes, column)))
        );
      });
      if (isSample || !WORD.test(shown(bytes, start, end)())) return;
      words = another(words, row, shown(bytes, start, end));
    },
    found: (): OddLines => ({ comments, words, longer }),
  };
}

function beginsWithDigit(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && BEFORE_DIGIT.has(bytes[at]!)) at++;
  return at >= end || (bytes[at]! >= ZERO && bytes[at]! <= NINE);
}
