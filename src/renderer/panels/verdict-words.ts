import type { Decision, Segment } from '../../shared/domain';
import { isBorderline, isFlagged } from '../../shared/domain/segment-standing';
import { formatProbability, formatTime } from '../format';

/** One word for a segment, as bands and lists show it. */
export function verdictWord(segment: Segment, hidden: boolean): string {
  if (hidden) return 'not decided';
  return isBorderline(segment) ? 'Borderline' : segment.verdict;
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

export const DECISION_WORDS: Record<Decision, string> = {
  none: 'undecided',
  agree: 'confirmed',
  overrule: 'rejected',
  unsure: 'unsure',
};

/** Everything about a segment in one sentence, for a screen reader. */
export function segmentSentence(
  segment: Segment,
  decision: Decision,
  hidden: boolean,
  hours: boolean,
): string {
  const span = `${formatTime(segment.startS, 0, hours)} to ${formatTime(segment.endS, 0, hours)}`;
  if (hidden) return `Segment ${span}, verdict hidden until you decide`;
  const probability =
    segment.probability === null
      ? (segment.reason ?? '')
      : `probability ${formatProbability(segment.probability)}`;
  const rule = isFlagged(segment) && segment.reason !== null;
  const refer = rule ? `, by rule: ${segment.reason}` : isBorderline(segment) ? ', borderline' : '';
  return `Segment ${span}, ${segment.verdict}, ${probability}${refer}, ${DECISION_WORDS[decision]}`;
}
