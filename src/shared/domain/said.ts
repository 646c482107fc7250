import { english, type Words, type WordKey } from '../words';
import type { ParameterOf, TextOf } from '../words/catalogue';
import { en } from '../words/en';
import { ERROR_CODES, type ErrorCode } from './error-codes';
import type { Said, Told } from './failure';
import type { Err } from './result';
import type { Warning } from './recording';

/** Areas of the catalogues that hold sentences of failures and warnings. */
const AREAS = ['devices', 'failures', 'files', 'reasons', 'warnings'] as const;
type SentenceKey = Extract<WordKey, `${(typeof AREAS)[number]}.${string}`>;

/** As `ValuesOf`, where a value may be a sentence too: why something failed that failed for something else. */
type SaidValues<Key extends SentenceKey> = [ParameterOf<TextOf<Key>>] extends [never]
  ? []
  : [values: Readonly<Record<ParameterOf<TextOf<Key>>, string | number | Told>>];

/** A sentence by its key and what is filled in, so that each page says it in the language of its reader. */
export function saidBy<Key extends SentenceKey>(key: Key, ...[values]: SaidValues<Key>): Said {
  const given = Object.entries<string | number | Told>(values ?? {});
  return { key, values: Object.fromEntries(given.map(([name, value]) => [name, plain(value)])) };
}

/** Of a failure or a warning only what is said of it. */
function plain(value: string | number | Told): string | number | Told {
  if (typeof value !== 'object') return value;
  const { message, said } = value;
  return said ? { message, said } : { message };
}

/** An expected failure that has words in every language; `message` is the English one. */
export function errSaid<Key extends SentenceKey>(
  code: ErrorCode,
  key: Key,
  ...values: SaidValues<Key>
): Err {
  const said = saidBy(key, ...values);
  return { ok: false, error: { code, message: filledIn(said, english), said } };
}

/** A part of a sentence, filled into another one: what is wrong with a field, or which part of a file is meant. */
export function toldBy<Key extends SentenceKey>(key: Key, ...values: SaidValues<Key>): Told {
  const said = saidBy(key, ...values);
  return { message: filledIn(said, english), said };
}

/** Names of which some are told in words, one after the other. */
export function toldList(parts: readonly (string | Told)[]): string | Told {
  return parts.reduce((first, next) =>
    typeof first === 'string' && typeof next === 'string'
      ? `${first}, ${next}`
      : toldBy('files.listed', { first, next }),
  );
}

/** Sentences one after the other. */
export function toldTogether(sentences: readonly Told[]): Told {
  return sentences.reduce((first, next) => toldBy('files.together', { first, next }));
}

/** The same failure with what a program reads of it, as the field that is at fault. */
export function withDetails({ ok, error }: Err, details: Record<string, unknown>): Err {
  return { ok, error: { ...error, details } };
}

/** A warning that has words in every language, likewise. */
export function warningSaid<Key extends SentenceKey>(
  code: string,
  key: Key,
  ...values: SaidValues<Key>
): Warning {
  const said = saidBy(key, ...values);
  return { code, message: filledIn(said, english), said };
}

/**
 * A failure or a warning in these words. Where they have no sentence for it they say what kind of failure it is, and then
 * in English, as it came, what was found.
 */
export function inWords(
  { message, said, code }: Told & { readonly code?: string | undefined },
  words: Words,
): string {
  if (said && isKnown(said.key)) return filledIn(said, words);
  const kind = ERROR_CODES.find((one) => one === code) ?? 'other';
  return words.say(`untold.${kind}`, { message });
}

function filledIn({ key, values }: Said, words: Words): string {
  const given = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'object' ? inWords(value, words) : value,
  ]);
  return (words.say as (key: string, values: unknown) => string)(key, Object.fromEntries(given));
}

/** Whatever another version may have sent. */
function isKnown(key: string): key is SentenceKey {
  const [first = '', name = ''] = key.split('.');
  const area = AREAS.find((one) => one === first);
  return area !== undefined && Object.hasOwn(en[area], name);
}
