import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const CHUNK_BYTES = 2 ** 20;
const NEWLINE = 10;

/** Lines of a text file, one after the other, without holding the file; a last one without its end is left out. */
export function* linesOf(path: string): Generator<string> {
  const file = openSync(path, 'r');
  try {
    let rest: Buffer = Buffer.alloc(0);
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (;;) {
      const read = readSync(file, chunk, 0, CHUNK_BYTES, null);
      if (read === 0) return;
      let bytes = Buffer.concat([rest, chunk.subarray(0, read)]);
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE)) {
        yield bytes.toString('utf8', 0, end);
        bytes = bytes.subarray(end + 1);
      }
      rest = bytes;
    }
  } finally {
    closeSync(file);
  }
}

/** The last whole line of an open file, and whether something that was cut off comes after it. */
export function lastLine(file: number): { line: string; isTorn: boolean } {
  const { size } = fstatSync(file);
  let tail: Buffer = Buffer.alloc(0);
  for (let start = size; start > 0;) {
    const length = Math.min(CHUNK_BYTES, start);
    start -= length;
    const chunk = Buffer.alloc(length);
    readSync(file, chunk, 0, length, start);
    tail = Buffer.concat([chunk, tail]);
    const end = tail.lastIndexOf(NEWLINE);
    const before = end < 0 ? -1 : tail.lastIndexOf(NEWLINE, end - 1);
    if (end >= 0 && (before >= 0 || start === 0)) {
      return { line: tail.toString('utf8', before + 1, end), isTorn: end < tail.length - 1 };
    }
  }
  return { line: '', isTorn: size > 0 };
}
