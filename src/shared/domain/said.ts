import { english, type ValuesOf, type Words, type WordKey } from '../words';
import { en } from '../words/en';
import type { Err, ErrorCode, Failure, Said } from './result';
import type { Warning } from './recording';

type SentenceKey = Extract<WordKey, `failures.${string}` | `warnings.${string}`>;

/** A sentence by its key and what is filled in, so that each page says it in the language of its reader. */
export function saidBy<Key extends SentenceKey>(key: Key, ...[values]: ValuesOf<Key>): Said {
  return { key, values: { ...values } };
}

/** An expected failure that has words in every language; `message` is the English one. */
export function errSaid<Key extends SentenceKey>(
  code: ErrorCode,
  key: Key,
  ...values: ValuesOf<Key>
): Err {
  const message = english.say(key, ...values);
  return { ok: false, error: { code, message, said: saidBy(key, ...values) } };
}

/** A warning that has words in every language, likewise. */
export function warningSaid<Key extends SentenceKey>(
  code: string,
  key: Key,
  ...values: ValuesOf<Key>
): Warning {
  return { code, message: english.say(key, ...values), said: saidBy(key, ...values) };
}

/** A failure or a warning in these words where they have a sentence for it, else in English as it came. */
export function inWords(
  { message, said }: Pick<Failure, 'message' | 'said'>,
  words: Words,
): string {
  return said && isKnown(said.key)
    ? (words.say as (key: string, values: Said['values']) => string)(said.key, said.values)
    : message;
}

/** Whatever another version may have sent. */
function isKnown(key: string): key is SentenceKey {
  const [area = '', name = ''] = key.split('.');
  if (area !== 'failures' && area !== 'warnings') return false;
  return Object.hasOwn(en[area], name);
}
