import type { FileHead } from '../../format';
import { decodeXml } from './decode';

/**
 * Name of a document's root element without its prefix, or null for a file that is no XML.
 * Looks past the declaration, comments, processing instructions and a document type.
 */
export function xmlRoot(head: FileHead): string | null {
  if (!mayBeXml(head.bytes)) return null;
  const text = decodeXml(head.bytes);
  for (let at = 0; ;) {
    const start = text.indexOf('<', at);
    if (start < 0 || text.slice(at, start).trim() !== '') return null;
    if (text.startsWith('<?', start)) at = after(text, '?>', start);
    else if (text.startsWith('<!--', start)) at = after(text, '-->', start);
    else if (text.startsWith('<!DOCTYPE', start)) at = afterDocumentType(text, start);
    else
      return (
        /^<(?:[\p{L}_][\w.-]*:)?([\p{L}_][\w.-]*)/u.exec(text.slice(start, start + 200))?.[1] ??
        null
      );
    if (at < 0) return null;
  }
}

/** Spares binary files and tables the decoding: the first character of XML is `<`. */
function mayBeXml(bytes: Uint8Array): boolean {
  for (const byte of bytes.subarray(0, 64)) {
    if (byte === 0x3c) return true;
    // White space, byte order marks and the zero bytes of UTF-16.
    if (![0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf, 0xff, 0xfe, 0x00].includes(byte)) return false;
  }
  return false;
}

function after(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from);
  return found < 0 ? -1 : found + end.length;
}

/** The internal subset in brackets may hold `>`. */
function afterDocumentType(text: string, from: number): number {
  const close = text.indexOf('>', from);
  const bracket = text.indexOf('[', from);
  if (bracket < 0 || (close >= 0 && close < bracket)) return close < 0 ? -1 : close + 1;
  const subset = /\]\s*>/g;
  subset.lastIndex = bracket;
  return subset.test(text) ? subset.lastIndex : -1;
}
