import type { Words } from '.';

/** Storage formats of WFDB by their numbers, as header(5) has them. */
const WFDB = /^WFDB format (\d[\d, ]*)$/;

/** A recording's format in the reader's words: what is a name stays one. */
export function formatTitleInWords(title: string, { say }: Words): string {
  const numbers = WFDB.exec(title)?.[1];
  return numbers === undefined ? title : say('details.wfdbFormat', { numbers });
}
