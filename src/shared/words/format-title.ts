import type { Words, WordKey } from '.';
import { en } from './en';

/** Storage formats of WFDB by their numbers, as header(5) has them. */
const WFDB = /^WFDB format (\d[\d, ]*)$/;

/** Titles with words in them, as formats write them. */
const KEYS = new Map(
  Object.entries(en.details)
    .filter(([name]) => /^title[A-Z]/.test(name))
    .map(([name, title]) => [title as string, `details.${name}` as WordKey]),
);

/** A recording's format in the reader's words: what is a name stays one. */
export function formatTitleInWords(title: string, { say }: Words): string {
  const numbers = WFDB.exec(title)?.[1];
  if (numbers !== undefined) return say('details.wfdbFormat', { numbers });
  const key = KEYS.get(title);
  return key === undefined ? title : (say as (key: WordKey) => string)(key);
}
