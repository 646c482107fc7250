const SPACE = 0x20;
const TAB = 0x09;
const RETURN = 0x0d;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;
const PLUS = 0x2b;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const UPPER_E = 0x45;
const LOWER_E = 0x65;

/** How cells and numbers are written; bytes. A space as delimiter is any run of white space. */
export interface Notation {
  readonly delimiter: number;
  readonly decimal: number;
}

/** Powers of ten that are exact, so that mantissa / power is the double nearest to the decimal. */
const POWERS = Float64Array.from({ length: 23 }, (_, k) => 10 ** k);
const EXACT = 2 ** 53;

/** Places of the cells of a row: pairs of begin and end. */
export class RowCells {
  /** Begin and end of each cell, without quotes and white space around it. */
  readonly places: Int32Array;
  count = 0;

  constructor(readonly most: number) {
    this.places = new Int32Array(2 * most);
  }

  /** Finds the cells of bytes[start, end), at most `most` of them. */
  find(bytes: Uint8Array, start: number, end: number, delimiter: number): void {
    this.count = 0;
    let at = start;
    while (at <= end && this.count < this.most) {
      at = skipSpace(bytes, at, end, delimiter);
      if (delimiter === SPACE && at >= end) return;
      const quote = bytes[at]!;
      const isQuoted = at < end && (quote === DOUBLE_QUOTE || quote === SINGLE_QUOTE);
      let stop = isQuoted ? at + 1 : at;
      if (isQuoted) {
        while (stop < end && bytes[stop] !== quote) stop++;
        this.put(at + 1, stop, bytes);
        while (stop < end && !isDelimiter(bytes[stop]!, delimiter)) stop++;
      } else {
        while (stop < end && !isDelimiter(bytes[stop]!, delimiter)) stop++;
        this.put(at, stop, bytes);
      }
      if (stop >= end) return;
      at = stop + 1;
    }
  }

  private put(from: number, to: number, bytes: Uint8Array): void {
    let last = to;
    while (last > from && isSpace(bytes[last - 1]!)) last--;
    this.places[2 * this.count] = from;
    this.places[2 * this.count + 1] = last;
    this.count++;
  }

  /** The number in a cell, NaN where there is none or the row has no such cell. */
  number(bytes: Uint8Array, cell: number, decimal: number): number {
    if (cell >= this.count) return NaN;
    return numberIn(bytes, this.places[2 * cell]!, this.places[2 * cell + 1]!, decimal);
  }

  text(bytes: Uint8Array, cell: number): string {
    if (cell >= this.count) return '';
    return latin1(bytes, this.places[2 * cell]!, this.places[2 * cell + 1]!);
  }
}

/**
 * Whether a row has more cells than a table has columns, so that none of its cells surely is what its place says; one empty
 * cell at its end is none.
 * @param cells of one more than the columns
 */
export function hasTooMany(
  cells: RowCells,
  bytes: Uint8Array,
  start: number,
  end: number,
  { delimiter, columns }: { readonly delimiter: number; readonly columns: number },
): boolean {
  let left = columns;
  for (let at = start; at < end && left > 0; at++) if (bytes[at] === delimiter) left--;
  if (left > 0) return false;
  cells.find(bytes, start, end, delimiter);
  return cells.count > columns && cells.text(bytes, columns) !== '';
}

function isSpace(byte: number): boolean {
  return byte === SPACE || byte === TAB || byte === RETURN;
}

function isDelimiter(byte: number, delimiter: number): boolean {
  return byte === delimiter || (delimiter === SPACE && isSpace(byte));
}

/** White space before a cell; a tab that is the delimiter is none. */
function skipSpace(bytes: Uint8Array, start: number, end: number, delimiter: number): number {
  let at = start;
  while (at < end && isSpace(bytes[at]!) && (bytes[at] !== delimiter || delimiter === SPACE)) at++;
  return at;
}

/** Bytes of the minus sign of typesetting (U+2212) in UTF-8, of which other encodings of a byte have none. */
const TYPESET_MINUS = [0xe2, 0x88, 0x92] as const;
/** Bytes of the spaces that do not break a line, and divide thousands: U+202F and U+00A0 in UTF-8, U+00A0 alone. */
const THIN_SPACE = [0xe2, 0x80, 0xaf] as const;
const FIRM_SPACE = [0xc2, 0xa0] as const;
const FIRM_BYTE = 0xa0;

/** A decimal number, the nearest double; NaN for anything else. */
export function numberIn(bytes: Uint8Array, from: number, to: number, decimal: number): number {
  let at = from;
  const typeset = bytes[at] === TYPESET_MINUS[0] && isAt(bytes, at, TYPESET_MINUS);
  const sign = typeset ? MINUS : bytes[at];
  if (typeset) at += TYPESET_MINUS.length;
  else if (sign === MINUS || sign === PLUS) at++;
  let mantissa = 0;
  let digits = 0;
  let fraction = -1;
  for (; at < to; at++) {
    const byte = bytes[at]!;
    if (byte >= ZERO && byte <= NINE) {
      mantissa = mantissa * 10 + byte - ZERO;
      digits++;
      if (fraction >= 0) fraction++;
    } else if (byte === decimal && fraction < 0) fraction = 0;
    else {
      const space = digits > 0 && fraction < 0 ? thousandsSpace(bytes, at, to) : 0;
      if (space === 0) break;
      at += space - 1;
    }
  }
  if (digits === 0) return NaN;
  if (at < to || mantissa >= EXACT || fraction > 22)
    return slowNumber(bytes, from, to, decimal, at);
  const size = fraction > 0 ? mantissa / POWERS[fraction]! : mantissa;
  return sign === MINUS ? -size : size;
}

/** With an exponent, or more digits than a double has. */
function slowNumber(
  bytes: Uint8Array,
  from: number,
  to: number,
  decimal: number,
  at: number,
): number {
  const exponent = bytes[at];
  if (at < to && exponent !== UPPER_E && exponent !== LOWER_E) return NaN;
  const plain = latin1(bytes, from, to)
    .replaceAll('\xe2\x88\x92', '-')
    .replaceAll(/\xe2\x80\xaf|\xc2?\xa0/g, '');
  return Number(plain.replace(String.fromCharCode(decimal), '.'));
}

function isAt(bytes: Uint8Array, at: number, wanted: readonly number[]): boolean {
  return wanted.every((byte, k) => bytes[at + k] === byte);
}

/** Bytes of a space that divides thousands, with three digits after it; 0 where there is none. */
function thousandsSpace(bytes: Uint8Array, at: number, to: number): number {
  const first = bytes[at];
  let length = 0;
  if (first === FIRM_BYTE) length = 1;
  else if (first === FIRM_SPACE[0] && isAt(bytes, at, FIRM_SPACE)) length = FIRM_SPACE.length;
  else if (first === THIN_SPACE[0] && isAt(bytes, at, THIN_SPACE)) length = THIN_SPACE.length;
  if (length === 0 || at + length + 3 > to) return 0;
  for (let k = at + length; k < at + length + 3; k++) {
    if (bytes[k]! < ZERO || bytes[k]! > NINE) return 0;
  }
  return length;
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at++) text += String.fromCharCode(bytes[at]!);
  return text;
}
