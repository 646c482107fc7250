import type { FindingThresholds, RuleMet, UrgentRule } from '../../../shared/domain';
import type { Hue } from '../../findings/kinds';
import { formatCount, formatDuration } from '../../format';

/** Class whose colour a rule has. */
export const RULE_HUES: Readonly<Record<UrgentRule, Hue>> = {
  asystole: 'pause',
  pause: 'pause',
  tachycardia: 'v',
  af: 'af',
  burden: 'v',
};

export const percent = (share: number, decimals = 0): string =>
  `${(100 * share).toFixed(decimals)}\u2009%`;

/** Length in one unit, as in `24 h`, `10 min`, `8 s`. */
export function briefDuration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  const hours = seconds / 3600;
  return Number.isInteger(hours) || hours >= 10
    ? `${Math.round(hours)} h`
    : formatDuration(seconds);
}

/** What a recording meets a rule by, as in `VT 12 beats`. */
export function ruleMetText({ rule, value }: RuleMet): string {
  switch (rule) {
    case 'asystole':
      return `asystole ${value.toFixed(1)} s`;
    case 'pause':
      return `pause ${value.toFixed(2)} s`;
    case 'tachycardia':
      return `VT ${formatCount(value)} beats`;
    case 'af':
      return `AF ${briefDuration(value)}`;
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
    { rule: 'pause', text: `pause ${urgentPauseS} s or longer` },
    { rule: 'tachycardia', text: `VT ${urgentRunBeats} beats or more` },
    { rule: 'af', text: `AF ${briefDuration(afS)} or longer` },
    { rule: 'burden', text: `V over ${percent(ventricularBurden)}` },
  ];
}
