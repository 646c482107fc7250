import type { FileHead } from '../format';

/** How the characters of a table lie in bytes. Numbers are ASCII: whatever else there is stays a character of its own. */
export interface TextEncoding {
  /** 2 in UTF-16, as spreadsheets write "Unicode text". */
  readonly bytesPerUnit: 1 | 2;
  readonly bigEndian: boolean;
  /** Lines end with a carriage return alone. */
  readonly returnsAlone: boolean;
}

const RETURN = 0x0d;
const NEWLINE = 0x0a;
const SPACE = 0x20;
const QUESTION = 0x3f;
const BYTE_ORDER_MARK = 0xfeff;
/** Signs of typesetting in numbers, and what of Latin-1 they mean. */
const TYPESET_MINUS = 0x2212;
const MINUS = 0x2d;
const THIN_SPACE = 0x202f;
const FIRM_SPACE = 0xa0;
/** Units that are looked at where there is no byte order mark. */
const PROBED_UNITS = 64;

/** @param head the beginning of a file */
export function encodingOf(head: Uint8Array): TextEncoding {
  const { bytesPerUnit, bigEndian } = widthOf(head);
  const units = narrow(head, { bytesPerUnit, bigEndian, returnsAlone: false });
  const returnsAlone = units.includes(RETURN) && !units.includes(NEWLINE);
  return { bytesPerUnit, bigEndian, returnsAlone };
}

function widthOf(head: Uint8Array): Pick<TextEncoding, 'bytesPerUnit' | 'bigEndian'> {
  const mark = (head[0]! << 8) | head[1]!;
  if (mark === BYTE_ORDER_MARK) return { bytesPerUnit: 2, bigEndian: true };
  if (mark === 0xfffe) return { bytesPerUnit: 2, bigEndian: false };
  const units = Math.min(PROBED_UNITS, head.length >> 1);
  const isZero = (at: number) => Array.from({ length: units }, (_, k) => head[2 * k + at] === 0);
  const [high, low] = [isZero(0), isZero(1)];
  const bigEndian = units > 0 && high.every(Boolean) && !low.some(Boolean);
  const littleEndian = units > 0 && low.every(Boolean) && !high.some(Boolean);
  return { bytesPerUnit: bigEndian || littleEndian ? 2 : 1, bigEndian };
}

/** Whether a file's bytes are those of its characters, as most are. */
export function isPlain({ bytesPerUnit, returnsAlone }: TextEncoding): boolean {
  return bytesPerUnit === 1 && !returnsAlone;
}

/** One byte a character, those of Latin-1 as they are, others as `?` but for a minus and a space; whole characters only. */
export function narrow(bytes: Uint8Array, encoding: TextEncoding): Uint8Array {
  if (isPlain(encoding)) return bytes;
  const { bytesPerUnit, bigEndian, returnsAlone } = encoding;
  const out = Buffer.alloc(Math.floor(bytes.length / bytesPerUnit));
  for (let k = 0; k < out.length; k++) {
    let unit = bytes[k]!;
    if (bytesPerUnit === 2) {
      const [first, second] = [bytes[2 * k]!, bytes[2 * k + 1]!];
      unit = bigEndian ? (first << 8) | second : (second << 8) | first;
    }
    if (unit === BYTE_ORDER_MARK) unit = SPACE;
    else if (unit === TYPESET_MINUS) unit = MINUS;
    else if (unit === THIN_SPACE) unit = FIRM_SPACE;
    else if (unit > 0xff) unit = QUESTION;
    out[k] = returnsAlone && unit === RETURN ? NEWLINE : unit;
  }
  return out;
}

/** The beginning of a file as if it had one byte a character. */
export function narrowHead(head: FileHead, encoding: TextEncoding): FileHead {
  if (isPlain(encoding)) return head;
  return {
    ...head,
    sizeBytes: Math.floor(head.sizeBytes / encoding.bytesPerUnit),
    bytes: Buffer.from(narrow(head.bytes, encoding)),
  };
}
