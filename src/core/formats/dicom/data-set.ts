import dicomParser, { type DataSet } from 'dicom-parser';
import { decodeText } from '../shared/decode-text';

/** A coded entry (PS3.3, section 8): what something is, by code, scheme and words. */
export interface Code {
  readonly value: string;
  readonly scheme: string;
  readonly meaning: string;
}

/** Parses the thin copy of a data set; null where the library cannot. */
export function parseDataSet(bytes: Buffer): DataSet | null {
  try {
    return dicomParser.parseDicom(bytes);
  } catch {
    return null;
  }
}

/** The data sets of a sequence's items. */
export function itemsOf(dataSet: DataSet, tag: string): DataSet[] {
  const items = dataSet.elements[tag]?.items ?? [];
  return items.flatMap((item) => (item.dataSet ? [item.dataSet] : []));
}

/** The first coded entry of a sequence; null where there is none. */
export function codedConcept(dataSet: DataSet, tag: string, charset: string): Code | null {
  const [item] = itemsOf(dataSet, tag);
  if (!item) return null;
  return {
    value: textOf(item, 'x00080100', 'latin1') ?? '',
    scheme: textOf(item, 'x00080102', 'latin1') ?? '',
    meaning: textOf(item, 'x00080104', charset) ?? '',
  };
}

/** A text without padding; null where the element is absent or empty. */
export function textOf(dataSet: DataSet, tag: string, charset: string): string | null {
  const element = dataSet.elements[tag];
  if (!element || element.length === 0 || element.items) return null;
  const { byteArray } = dataSet;
  const bytes = byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
  const text = decoded(bytes, charset).replace(/\0/g, ' ').trim();
  return text === '' ? null : text;
}

/** Many writers state Latin-1, or no character set at all, and write UTF-8, which other bytes are not by chance. */
function decoded(bytes: Uint8Array, charset: string): string {
  return charset === 'latin1' ? decodeText(bytes) : new TextDecoder(charset).decode(bytes);
}

/** A decimal string (DS, IS); null where absent or no number. */
export function decimalOf(dataSet: DataSet, tag: string): number | null {
  const text = textOf(dataSet, tag, 'latin1')?.split('\\')[0]?.trim();
  if (text === undefined || !/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** All integers of an element of unsigned 16- or 32-bit numbers. */
export function integersOf(dataSet: DataSet, tag: string, bytes: 2 | 4): number[] {
  const element = dataSet.elements[tag];
  if (!element) return [];
  return Array.from(
    { length: Math.floor(element.length / bytes) },
    (_, k) => (bytes === 2 ? dataSet.uint16(tag, k) : dataSet.uint32(tag, k)) ?? 0,
  );
}

/** Character sets by their defined terms (PS3.3, C.12.1.1.2), with and without code extensions. */
const CHARSETS: Readonly<Record<string, string>> = {
  100: 'latin1',
  101: 'iso-8859-2',
  109: 'iso-8859-3',
  110: 'iso-8859-4',
  144: 'iso-8859-5',
  127: 'iso-8859-6',
  126: 'iso-8859-7',
  138: 'iso-8859-8',
  148: 'windows-1254',
  203: 'iso-8859-15',
  166: 'windows-874',
  13: 'shift_jis',
  192: 'utf-8',
  87: 'iso-2022-jp',
  149: 'euc-kr',
  58: 'gb18030',
};

/** The character set of a data set's texts, as `TextDecoder` names it. */
export function charsetOf(dataSet: DataSet): string {
  const terms = (textOf(dataSet, 'x00080005', 'latin1') ?? '').split('\\');
  // With code extensions the last is the one that is not ASCII.
  const term = terms.at(-1)!.trim();
  if (/^GB/.test(term)) return 'gb18030';
  return CHARSETS[/^ISO(?:_| 2022 )IR (\d+)$/.exec(term)?.[1] ?? ''] ?? 'latin1';
}
