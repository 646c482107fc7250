import type { Words } from '../words';
import { limits } from '../words/en/limits';
import { writtenSentences } from './written-sentences';

const inLimit = writtenSentences('limits', limits, '(.+?)');

/**
 * A sentence of a network's card on its limits or on how its threshold was chosen. Cards are English; whoever trains
 * writes sentences of the catalogue, and one that somebody else wrote stays as it came.
 */
export function limitInWords(limit: string, words: Words): string {
  return inLimit.say(limit, words) ?? limit;
}
