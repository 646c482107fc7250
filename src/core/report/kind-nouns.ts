import type { FindingKind, FindingThresholds } from '../../shared/domain';
import type { Words } from '../../shared/words';

/** The threshold that a noun names; 0 for those that name none. */
function limitOf(kind: FindingKind, thresholds: FindingThresholds): number {
  switch (kind) {
    case 'asystole':
      return thresholds.asystoleS;
    case 'pause':
      return thresholds.pauseS;
    case 'ventricular-run':
      return thresholds.ventricularTachycardiaBpm;
    case 'irregular-rhythm':
      return thresholds.afS;
    case 'bradycardia':
      return thresholds.bradycardiaBpm;
    case 'tachycardia':
      return thresholds.tachycardiaBpm;
    default:
      return 0;
  }
}

/** `1 pause over 2 s`, `13 pauses over 2 s`; the noun alone fits what follows the number. */
export function kindNoun(
  kind: FindingKind,
  count: number,
  thresholds: FindingThresholds,
  words: Words,
): string {
  const limit = words.number(limitOf(kind, thresholds));
  return words.say(`reportNouns.${kind}`, { n: count, limit });
}
