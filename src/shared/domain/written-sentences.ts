import type { Values, Words, WordKey } from '../words';

/** An area of the catalogue that holds sentences which files, answers and cards carry in English. */
type WrittenArea = 'limits' | 'reasons';

/**
 * Finds the catalogue's sentence for one that was written in English, so that it can be said in another language.
 * @param area whose English texts are all the sentences that are ever written
 * @param texts these, by name: a thread that knows reasons alone loads no other words
 * @param value pattern of what is filled in, with one group
 * @returns says a sentence in these words, or tells its key; null for one that another version may have written
 */
export function writtenSentences(
  area: WrittenArea,
  texts: Readonly<Record<string, string>>,
  value: string,
): {
  say(text: string, words: Words, filledIn?: (value: string) => string): string | null;
  keyOf(text: string): { readonly key: string; readonly values: Values } | null;
} {
  const known = Object.entries(texts).map(([name, text]) => ({
    key: `${area}.${name}` as WordKey,
    parameters: [...text.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter!),
    pattern: new RegExp(
      `^${text
        .split(/\{\w+\}/)
        .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join(value)}$`,
    ),
  }));
  const found = (text: string, filledIn: (value: string) => string) => {
    for (const { key, parameters, pattern } of known) {
      const match = pattern.exec(text);
      if (!match) continue;
      const values = parameters.map((name, i) => [name, filledIn(match[i + 1]!)] as const);
      return { key, values: Object.fromEntries(values) };
    }
    return null;
  };
  return {
    say(text, words, filledIn = (given) => given) {
      const said = found(text, filledIn);
      return said && (words.say as (key: string, values: Values) => string)(said.key, said.values);
    },
    keyOf: (text) => found(text, (given) => given),
  };
}
