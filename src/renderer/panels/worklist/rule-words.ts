import type {
  FindingThresholds,
  RecordingEntry,
  RuleMet,
  UrgentRule,
} from '../../../shared/domain';
import type { Hue } from '../../findings/kinds';
import { formatDuration } from '../../words/format';
import { say, sayNumber } from '../../words';

/** Class whose colour a rule has. */
export const RULE_HUES: Readonly<Record<UrgentRule, Hue>> = {
  asystole: 'pause',
  pause: 'pause',
  vf: 'v',
  tachycardia: 'v',
  pressing: 'v',
  af: 'af',
  burden: 'v',
};

export const percent = (share: number, decimals = 0): string =>
  `${sayNumber(100 * share, decimals)}\u2009%`;

/** Length in one unit, as in `24 h`, `10 min`, `8 s`. */
export function briefDuration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  const hours = seconds / 3600;
  return Number.isInteger(hours) || hours >= 10
    ? `${Math.round(hours)} h`
    : formatDuration(seconds);
}

/** How long a recording is; nothing of one that was opened and cannot be read, whose reason stands beside it. */
export function lengthText({ about, state }: Pick<RecordingEntry, 'about' | 'state'>): string {
  if (about) return briefDuration(about.durationS);
  return state === 'failed' ? '–' : say('worklist.notOpened');
}

/** What a recording meets a rule by, as in `VT 12 beats`. */
export function ruleMetText({ rule, value }: RuleMet): string {
  switch (rule) {
    case 'asystole':
      return say('worklist.ruleAsystole', { s: sayNumber(value, 1) });
    case 'vf':
      return say('worklist.ruleVf', { length: briefDuration(value) });
    case 'pressing':
      return say('worklist.rulePressing', { length: briefDuration(value) });
    case 'pause':
      return say('worklist.rulePause', { s: sayNumber(value, 2) });
    case 'tachycardia':
      return say('worklist.ruleVt', { n: value });
    case 'af':
      return say('worklist.ruleAf', { length: briefDuration(value) });
    case 'burden':
      return `V ${percent(value)}`;
  }
}

/** The rules as the head of the table says them. */
export function rulesInWords(
  thresholds: FindingThresholds,
): readonly { rule: UrgentRule; text: string }[] {
  const { urgentPauseS, urgentRunBeats, afS, ventricularBurden } = thresholds;
  return [
    { rule: 'vf', text: say('worklist.whenVf') },
    { rule: 'pause', text: say('worklist.whenPause', { s: sayNumber(urgentPauseS) }) },
    { rule: 'tachycardia', text: say('worklist.whenVt', { n: urgentRunBeats }) },
    { rule: 'af', text: say('worklist.whenAf', { length: briefDuration(afS) }) },
    { rule: 'burden', text: say('worklist.whenBurden', { share: percent(ventricularBurden) }) },
  ];
}
