const NEWLINE = 0x0a;
const HASH = 0x23;
const PERCENT = 0x25;

/** Calls `row` for each row in bytes that end with a row's end; blank lines and comments are no rows. */
export function eachRow(bytes: Uint8Array, row: (start: number, end: number) => void): void {
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(NEWLINE, start);
    const end = found < 0 ? bytes.length : found;
    if (isRow(bytes, start, end)) row(start, end);
    start = end + 1;
  }
}

function isRow(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte > 0x20) return byte !== HASH && byte !== PERCENT;
  }
  return false;
}

/** One past the last line end, 0 where there is none. */
export function wholeLines(bytes: Uint8Array): number {
  return bytes.lastIndexOf(NEWLINE) + 1;
}
