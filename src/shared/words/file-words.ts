import type { Words, WordKey } from '.';
import { en } from './en';

/** Words of ours around what a file says of itself: names of its fields, values and units that it has as codes. */
const KEYS = new Map(
  Object.entries(en.details)
    .filter(([name]) => /^told[A-Z]/.test(name))
    .map(([name, told]) => [told as string, `details.${name}` as WordKey]),
);

/** A field's name, a coded value or a unit in the reader's words; what the file itself worded stays as it is. */
export function toldInWords(told: string, { say }: Words): string {
  const key = KEYS.get(told);
  return key === undefined ? told : (say as (key: WordKey) => string)(key);
}

/** A comment of a recording: `Device: MAC 55` has the name of its field in the reader's words. */
export function commentInWords(comment: string, words: Words): string {
  const field = /^([A-Z][a-z ]+): (.*)$/s.exec(comment);
  if (!field || !KEYS.has(field[1]!)) return comment;
  return `${toldInWords(field[1]!, words)}: ${toldInWords(field[2]!, words)}`;
}
