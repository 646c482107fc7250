import type { Words } from '../words';
import type { Told } from './failure';
import { writtenSentences } from './written-sentences';

/** What is filled in is a number. */
const inReason = writtenSentences('reasons', '(\\d+(?:\\.\\d+)?)');

/**
 * Why a rule flagged a segment or nothing could be said of it. Reasons are kept, exported and answered in English
 * (`Segment.reason`), a closed set of which the English catalogue has every one; another version's stay as they came.
 */
export function reasonInWords(reason: string, words: Words): string {
  return inReason.say(reason, words, words.marked) ?? reason;
}

/** The same as a part of another sentence. */
export function toldReason(reason: string): Told {
  const said = inReason.keyOf(reason);
  return said ? { message: reason, said } : { message: reason };
}
