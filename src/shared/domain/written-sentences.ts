import type { Values, Words, WordKey } from '../words';
import { en } from '../words/en';

/** An area of the catalogue that holds sentences which files, answers and cards carry in English. */
type WrittenArea = 'limits' | 'reasons';

/**
 * Finds the catalogue's sentence for one that was written in English, so that it can be said in another language.
 * @param area whose English texts are all the sentences that are ever written
 * @param value pattern of what is filled in, with one group
 * @returns says a sentence in these words; null for one that another version may have written
 */
export function writtenSentences(
  area: WrittenArea,
  value: string,
): (text: string, words: Words, filledIn?: (value: string) => string) => string | null {
  const known = Object.entries(en[area] as Readonly<Record<string, string>>).map(
    ([name, text]) => ({
      key: `${area}.${name}` as WordKey,
      parameters: [...text.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter!),
      pattern: new RegExp(
        `^${text
          .split(/\{\w+\}/)
          .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
          .join(value)}$`,
      ),
    }),
  );
  return (text, words, filledIn = (given) => given) => {
    const say = words.say as (key: string, values: Values) => string;
    for (const { key, parameters, pattern } of known) {
      const match = pattern.exec(text);
      if (!match) continue;
      const values = parameters.map((name, i) => [name, filledIn(match[i + 1]!)] as const);
      return say(key, Object.fromEntries(values));
    }
    return null;
  };
}
