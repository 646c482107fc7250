import type { Decision, Segment } from '../../shared/domain';
import { isBorderline, isFlagged } from '../../shared/domain/segment-standing';
import { formatProbability, formatTime } from '../words/format';
import { say } from '../words';
import { sayReason } from '../words/failures';

/** One word for a segment, as bands and lists show it. */
export function verdictWord(segment: Segment, hidden: boolean): string {
  if (hidden) return say('verdicts.notDecided');
  return isBorderline(segment) ? say('verdicts.borderline') : verdictName(segment.verdict);
}

/** What a network says of a segment. */
export function verdictName(verdict: Segment['verdict']): string {
  return say(`verdicts.${verdict}`);
}

/** What a reader said of a segment. */
export function decisionWord(decision: Decision): string {
  return say(`verdicts.${decision}`);
}

/** Class that colours and patterns follow. */
export function verdictClass(
  segment: Segment,
  hidden: boolean,
): 'hidden' | 'normal' | 'abnormal' | 'unreadable' | 'refer' {
  if (hidden) return 'hidden';
  if (segment.verdict === 'Unreadable') return 'unreadable';
  if (isBorderline(segment)) return 'refer';
  return isFlagged(segment) ? 'abnormal' : 'normal';
}

/** Everything about a segment in one sentence, for a screen reader. */
export function segmentSentence(
  segment: Segment,
  decision: Decision,
  hidden: boolean,
  hours: boolean,
): string {
  const span = say('verdicts.span', {
    from: formatTime(segment.startS, 0, hours),
    to: formatTime(segment.endS, 0, hours),
  });
  if (hidden) return say('verdicts.hiddenSentence', { span });
  const probability =
    segment.probability === null
      ? sayReason(segment.reason)
      : say('verdicts.probability', { value: formatProbability(segment.probability) });
  const rule = segment.probability !== null && segment.reason !== null;
  const refer = rule
    ? say('verdicts.byRule', { reason: sayReason(segment.reason) })
    : isBorderline(segment)
      ? say('verdicts.orBorderline')
      : '';
  return say('verdicts.sentence', {
    span,
    verdict: verdictName(segment.verdict),
    probability: probability + refer,
    decision: decisionWord(decision),
  });
}
