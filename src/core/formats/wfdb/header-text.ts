import { decodeText } from '../shared/decode-text';

/** Header text split into its lines of content and its comments (without `#`). */
export interface HeaderText {
  readonly lines: readonly string[];
  readonly comments: readonly string[];
}

/**
 * Splits a header into lines; CRLF, LF and lone CR all end one. Text is UTF-8, or Latin-1 where it is not
 * valid UTF-8 (old headers write the micro sign that way).
 * @returns null when the bytes are not text
 */
export function splitHeader(bytes: Uint8Array): HeaderText | null {
  if (bytes.includes(0)) return null;
  const lines: string[] = [];
  const comments: string[] = [];
  for (const raw of decodeText(bytes).split(/\r\n|\n|\r/)) {
    const line = raw.trim();
    if (line.startsWith('#')) comments.push(line.slice(1).trim());
    else if (line !== '') lines.push(line);
  }
  return { lines, comments };
}
