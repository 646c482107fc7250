/** A whole line of the beginning of a text file. */
export interface HeadLine {
  readonly text: string;
  /** Where it begins in the file. */
  readonly byte: number;
}

/** Characters that no text has: what holds one is a picture, a sound or a program. */
const BINARY = /[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]/; // eslint-disable-line no-control-regex

/** Bytes beyond ASCII, which encodings read differently. */
const WIDE = /[\x80-\xff]/;

/**
 * Lines of the beginning of a file, the last one only where it is whole.
 * @param isAll whether `bytes` are the whole file
 * @returns null for bytes that are no text
 */
export function headLines(bytes: Buffer, isAll: boolean): readonly HeadLine[] | null {
  // One character a byte, so that places in the text are places in the file.
  const raw = bytes.toString('latin1');
  if (raw === '' || BINARY.test(raw)) return null;
  const lines: HeadLine[] = [];
  let start = raw.startsWith('\xef\xbb\xbf') ? 3 : 0;
  while (start < raw.length) {
    const end = raw.indexOf('\n', start);
    if (end < 0 && !isAll) break;
    const stop = end < 0 ? raw.length : end;
    const narrow = raw.slice(start, stop);
    const text = WIDE.test(narrow) ? decode(bytes.subarray(start, stop)) : narrow;
    lines.push({ text: text.replace(/\r$/, ''), byte: start });
    start = stop + 1;
  }
  return lines;
}

/** UTF-8, and Windows-1252 where it is not. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
