const NEWLINE = 0x0a;
const HASH = 0x23;
const PERCENT = 0x25;

type UseLine = (start: number, end: number) => void;

/**
 * Calls `row` for each row in bytes that end with a row's end, and `comment` for lines that begin as comments do; blank
 * lines are neither.
 */
export function eachRow(bytes: Uint8Array, row: UseLine, comment?: UseLine): void {
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(NEWLINE, start);
    const end = found < 0 ? bytes.length : found;
    const first = firstCharacter(bytes, start, end);
    if (first === HASH || first === PERCENT) comment?.(start, end);
    else if (first !== null) row(start, end);
    start = end + 1;
  }
}

/** Of a line that is not blank. */
function firstCharacter(bytes: Uint8Array, start: number, end: number): number | null {
  for (let at = start; at < end; at++) if (bytes[at]! > 0x20) return bytes[at]!;
  return null;
}

/** One past the last line end, 0 where there is none. */
export function wholeLines(bytes: Uint8Array): number {
  return bytes.lastIndexOf(NEWLINE) + 1;
}
