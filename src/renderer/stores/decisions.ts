import type { Decision, Finding, Segment } from '../../shared/domain';
import { say } from '../words';

export interface DecisionButton {
  readonly decision: Exclude<Decision, 'none'>;
  readonly text: string;
  readonly key: 'A' | 'O' | 'U';
  /** Its glyph. */
  readonly state: Finding['state'];
}

/** Of a key, never of the decision: while the verdict is hidden a tick on Normal would tell that the program says so too. */
const GLYPHS = { A: 'confirmed', O: 'rejected', U: 'unsure' } as const;

/**
 * The three decisions on a segment, with their keys. While the verdict is hidden the reader cannot confirm or
 * reject it, so they say what they see, and it is kept as agreement or not: A for Abnormal, O for Normal
 * ("ordinary").
 */
export function decisionButtons(segment: Segment, hidden: boolean): DecisionButton[] {
  return outcomesOf(segment, hidden).map((one) => ({ ...one, state: GLYPHS[one.key] }));
}

function outcomesOf(segment: Segment, hidden: boolean): Omit<DecisionButton, 'state'>[] {
  if (!hidden)
    return [
      { decision: 'agree', text: say('decisions.confirm'), key: 'A' },
      { decision: 'overrule', text: say('decisions.reject'), key: 'O' },
      { decision: 'unsure', text: say('decisions.unsure'), key: 'U' },
    ];
  const abnormal = segment.verdict === 'Abnormal';
  return [
    { decision: abnormal ? 'agree' : 'overrule', text: say('verdicts.Abnormal'), key: 'A' },
    { decision: abnormal ? 'overrule' : 'agree', text: say('verdicts.Normal'), key: 'O' },
    { decision: 'unsure', text: say('decisions.unsure'), key: 'U' },
  ];
}

/** The decision that a key stands for on this segment. */
export function decisionForKey(
  segment: Segment,
  hidden: boolean,
  key: DecisionButton['key'],
): Decision {
  return decisionButtons(segment, hidden).find((button) => button.key === key)!.decision;
}
