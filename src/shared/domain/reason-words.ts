import type { Words } from '../words';
import type { ParameterOf } from '../words/catalogue';
import { reasons } from '../words/en/reasons';
import type { Said, Told } from './failure';
import { writtenSentences } from './written-sentences';

/** What is filled in is a number. */
const inReason = writtenSentences('reasons', reasons, '(\\d+(?:\\.\\d+)?)');

/** Why a rule flagged a segment, or nothing could be said of it: a code of the catalogue's area `reasons`. */
export type ReasonCode = keyof typeof reasons;

/** A reason as it is kept (`Segment.reason`), out of its code and what is filled in, numbers as they are to be read. */
export function reasonBy<Code extends ReasonCode>(
  code: Code,
  values: Readonly<Record<ParameterOf<(typeof reasons)[Code]>, string>>,
): string {
  const given: Readonly<Record<string, string>> = values;
  return reasons[code].replace(/\{(\w+)\}/g, (_, name: string) => given[name]!);
}

/** Code and values of a reason that is kept; null for one that another version may have written. */
export function reasonParts(
  reason: string | null | undefined,
): { readonly code: ReasonCode; readonly values: Said['values'] } | null {
  const said = reason ? inReason.keyOf(reason) : null;
  return said && { code: said.key.replace(/^reasons\./, '') as ReasonCode, values: said.values };
}

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
