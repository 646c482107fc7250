/**
 * Text of an XML document in whatever encoding: the byte order mark first, then zero bytes that only UTF-16 has,
 * then the declaration (XML 1.0, appendix F). A document that declares UTF-16 and is not (Philips writes some)
 * is UTF-8, and so is one that declares Latin-1 and is valid UTF-8; one that declares UTF-8 and is not is read as
 * Windows-1252, which names every byte.
 * @param bytes a document, or the beginning of one
 */
export function decodeXml(bytes: Uint8Array): string {
  if (startsWith(bytes, 0xff, 0xfe)) return decode('utf-16le', bytes);
  if (startsWith(bytes, 0xfe, 0xff)) return decode('utf-16be', bytes);
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return utf8(bytes);
  if (STARTS.has(bytes[0]!) && bytes[1] === 0) return decode('utf-16le', bytes);
  if (bytes[0] === 0 && STARTS.has(bytes[1]!)) return decode('utf-16be', bytes);
  const declared = declaredEncoding(bytes);
  if (declared === null || UTF_8_TOO.test(declared)) return utf8(bytes);
  try {
    return decode(declared, bytes);
  } catch {
    return utf8(bytes); // an encoding that nobody knows
  }
}

/** Encodings that are declared of UTF-8 as well. Letters of Latin-1 beyond ASCII never make valid UTF-8 by chance. */
const UTF_8_TOO = /^(utf|ucs|iso-10646|iso-?8859-1$|latin-?1$|us-ascii$|windows-1252$)/i;
/** What a document may begin with: `<` and white space. */
const STARTS: ReadonlySet<number> = new Set([0x3c, 0x20, 0x09, 0x0a, 0x0d]);

function startsWith(bytes: Uint8Array, ...start: readonly number[]): boolean {
  return start.every((byte, k) => bytes[k] === byte);
}

function declaredEncoding(bytes: Uint8Array): string | null {
  const start = decode('latin1', bytes.subarray(0, 200));
  return /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1] ?? null;
}

function utf8(bytes: Uint8Array): string {
  try {
    // The beginning of a file may end within a character: the decoder keeps that back in stream mode.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return decode('windows-1252', bytes);
  }
}

function decode(encoding: string, bytes: Uint8Array): string {
  return new TextDecoder(encoding).decode(bytes);
}
