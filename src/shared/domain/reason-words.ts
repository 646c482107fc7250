import type { Words, WordKey } from '../words';
import { en } from '../words/en';

type ReasonKey = Extract<WordKey, `reasons.${string}`>;

/** Each reason as core writes it, with a group for what is filled in. */
const WRITTEN = Object.entries(en.reasons).map(([name, text]) => ({
  key: `reasons.${name}` as ReasonKey,
  parameter: /\{(\w+)\}/.exec(text)?.[1] ?? null,
  pattern: new RegExp(`^${text.replace(/\{\w+\}/, '(\\d+(?:\\.\\d+)?)')}$`),
}));

/**
 * Why a rule flagged a segment or nothing could be said of it. Reasons are kept, exported and answered in English
 * (`Segment.reason`), a closed set of which the English catalogue has every one; another version's stay as they came.
 */
export function reasonInWords(reason: string, words: Words): string {
  const say = words.say as (key: string, values: Record<string, string>) => string;
  for (const { key, parameter, pattern } of WRITTEN) {
    const match = pattern.exec(reason);
    if (match) return say(key, parameter === null ? {} : { [parameter]: words.marked(match[1]!) });
  }
  return reason;
}
