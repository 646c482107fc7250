import { expect } from 'vitest';

/** Words that no Spanish sentence has; what a file or a parser calls something stands in quotes. */
const ENGLISH =
  /\b(the|and|are|has|have|holds|which|not|was|were|with|without|signal)\b|en inglés/i;

/** Every reader is told in their language, no part of the sentence in another. */
export function expectSpanish(sentence: string): void {
  expect(sentence.replaceAll(/«[^»]*»|"[^"]*"/g, '')).not.toMatch(ENGLISH);
}
