import type { Decision, Segment } from '../../shared/domain';
import { formatProbability, formatTime } from '../format';

/** One word for a segment, as bands and lists show it. */
export function verdictWord(segment: Segment, hidden: boolean): string {
  if (hidden) return 'not decided';
  // What a rule found is no matter of being near the threshold.
  const near = segment.refer && segment.reason === null;
  return near && segment.verdict !== 'Unreadable' ? 'Borderline' : segment.verdict;
}

/** Class that colours and patterns follow. */
export function verdictClass(
  segment: Segment,
  hidden: boolean,
): 'hidden' | 'normal' | 'abnormal' | 'unreadable' | 'refer' {
  if (hidden) return 'hidden';
  if (segment.verdict === 'Unreadable') return 'unreadable';
  if (segment.refer && segment.reason === null) return 'refer';
  return segment.verdict === 'Abnormal' ? 'abnormal' : 'normal';
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
  const rule = segment.verdict === 'Abnormal' && segment.reason !== null;
  const refer = rule ? `, by rule: ${segment.reason}` : segment.refer ? ', borderline' : '';
  return `Segment ${span}, ${segment.verdict}, ${probability}${refer}, ${DECISION_WORDS[decision]}`;
}
