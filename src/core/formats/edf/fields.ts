/** Text of a header field: latin-1 without the padding (spaces, and the zero bytes that some writers put). */
export function fieldText(bytes: Uint8Array, at: number, length: number): string {
  const text = Buffer.from(bytes.subarray(at, at + length)).toString('latin1');
  return text.replace(/\0+/g, ' ').trim();
}

/**
 * A number as EDF writers write it, also with a decimal comma.
 * @returns null where the text is no number
 */
export function fieldNumber(text: string): number | null {
  if (!/^[-+]?(\d+[.,]?\d*|[.,]\d+)(e[-+]?\d+)?$/i.test(text)) return null;
  const value = Number(text.replace(',', '.'));
  return Number.isFinite(value) ? value : null;
}

/** The same for a field that must be a whole number; `5.0` is one. */
export function fieldInteger(text: string): number | null {
  const value = fieldNumber(text);
  return value !== null && Number.isSafeInteger(value) ? value : null;
}

/**
 * A physical dimension as people write it. `µV` comes as byte B5 (latin-1), as B5 in UTF-8, and as 83 CA (Shift-JIS,
 * as Nihon Kohden writes).
 */
export function unitText(text: string): string {
  return text.replace(/^(\u00c2\u00b5|\u00ce\u00bc|\u0083\u00ca|\u00b5)/, '\u00b5');
}
