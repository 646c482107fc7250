/**
 * Text of an XML document in whatever encoding: the byte order mark first, then zero bytes that only UTF-16 has,
 * then the declaration (XML 1.0, appendix F). A document that declares UTF-16 and is not (Philips writes some)
 * is UTF-8; one that declares UTF-8 and is not is read as Windows-1252, which names every byte.
 * @param bytes a document, or the beginning of one
 */
export function decodeXml(bytes: Uint8Array): string {
  if (startsWith(bytes, 0xff, 0xfe)) return decode('utf-16le', bytes);
  if (startsWith(bytes, 0xfe, 0xff)) return decode('utf-16be', bytes);
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return utf8(bytes);
  if (startsWith(bytes, LESS_THAN, 0)) return decode('utf-16le', bytes);
  if (startsWith(bytes, 0, LESS_THAN)) return decode('utf-16be', bytes);
  const declared = declaredEncoding(bytes);
  if (declared === null || /^(utf|ucs|iso-10646)/i.test(declared)) return utf8(bytes);
  try {
    return decode(declared, bytes);
  } catch {
    return utf8(bytes); // an encoding that nobody knows
  }
}

const LESS_THAN = 0x3c;

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
