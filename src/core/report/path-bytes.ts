const [MINUS, POINT, ZERO, SPACE, LINE] = [45, 46, 48, 32, 10] as const;
const OPERATORS = { m: 109, l: 108 } as const;
/** Most of one operator: two numbers of at most 24 characters, two spaces, a letter and the end of its line. */
const MOST_BYTES = 52;
/** Numbers beyond this, which no page has room for, are written by JavaScript itself. */
const MOST_HUNDREDTHS = 1e9;

/**
 * A path of PDF operators, written as bytes: a page of strips holds a hundred thousand numbers, and as text each of them
 * was made, joined and taken apart again.
 */
export class PathBytes {
  private readonly bytes: Buffer;
  private length = 0;

  /** @param most operators that it will hold at the most */
  constructor(most: number) {
    this.bytes = Buffer.allocUnsafe(most * MOST_BYTES);
  }

  /** Moves (`m`) or draws a line (`l`) to a point, in PDF points; a hundredth of one is 3.5 micrometres. */
  to(x: number, y: number, operator: 'm' | 'l'): void {
    this.number(x);
    this.bytes[this.length++] = SPACE;
    this.number(y);
    this.bytes[this.length++] = SPACE;
    this.bytes[this.length++] = OPERATORS[operator];
    this.bytes[this.length++] = LINE;
  }

  /** What was written, as pdfkit's `addContent` takes it. */
  content(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  private number(points: number): void {
    const { bytes } = this;
    let rest = Math.round(points * 100);
    if (!(Math.abs(rest) < MOST_HUNDREDTHS)) {
      this.length += bytes.write(String(rest / 100), this.length, 'latin1');
      return;
    }
    if (rest < 0) {
      bytes[this.length++] = MINUS;
      rest = -rest;
    }
    const fraction = rest % 100;
    const whole = (rest - fraction) / 100;
    this.digits(whole);
    if (fraction === 0) return;
    bytes[this.length++] = POINT;
    bytes[this.length++] = ZERO + Math.floor(fraction / 10);
    if (fraction % 10 !== 0) bytes[this.length++] = ZERO + (fraction % 10);
  }

  private digits(whole: number): void {
    let scale = 1;
    while (scale * 10 <= whole) scale *= 10;
    for (; scale >= 1; scale /= 10) {
      this.bytes[this.length++] = ZERO + (Math.floor(whole / scale) % 10);
    }
  }
}
