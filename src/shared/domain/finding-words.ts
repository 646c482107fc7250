// Apart from the schemas, so that the viewer's bundle has no need of the schema library for them.
import type { FindingThresholds } from './finding';
import type { FindingKind } from './finding-kinds';
import { english, type Words } from '../words';

export type { FindingKind };

/** The class whose colour stands for a kind; `n` is the colourless one. */
export type Hue = 'n' | 'v' | 's' | 'f' | 'af' | 'pause' | 'unread';

const HUES: Readonly<Record<FindingKind, Hue>> = {
  asystole: 'pause',
  pause: 'pause',
  'ventricular-tachycardia': 'v',
  'ventricular-run': 'v',
  af: 'af',
  'irregular-rhythm': 'af',
  bradycardia: 'n',
  tachycardia: 'n',
  'ventricular-couplet': 'v',
  bigeminy: 'v',
  trigeminy: 'v',
  'ventricular-beat': 'v',
  'sv-run': 's',
  'sv-couplet': 's',
  'sv-beat': 's',
  'fusion-beat': 'f',
  borderline: 'n',
  'flagged-unclear': 'n',
  paced: 'n',
  'wide-qrs': 'n',
  noise: 'unread',
  'lead-off': 'unread',
};

/** What a kind is called in lists and reports, with its threshold. */
export function kindTitle(
  kind: FindingKind,
  thresholds: FindingThresholds,
  words: Words = english,
): string {
  switch (kind) {
    case 'pause':
      return words.say('kinds.pauseOver', { s: words.number(thresholds.pauseS) });
    case 'ventricular-run':
      return words.say('kinds.runUpTo', {
        bpm: words.number(thresholds.ventricularTachycardiaBpm),
      });
    case 'bradycardia':
      return words.say('kinds.bradycardiaBelow', { bpm: words.number(thresholds.bradycardiaBpm) });
    case 'tachycardia':
      return words.say('kinds.tachycardiaOver', { bpm: words.number(thresholds.tachycardiaBpm) });
    default:
      return words.say(`kinds.${kind}`);
  }
}

/** For chips on the paper. */
export function kindShort(kind: FindingKind, words: Words = english): string {
  return words.say(`kindsShort.${kind}`);
}

export function hueOf(kind: FindingKind): Hue {
  return HUES[kind];
}

/** Kinds whose events are runs of beats of one class. */
const RUNS: ReadonlySet<FindingKind> = new Set([
  'ventricular-tachycardia',
  'ventricular-run',
  'sv-run',
]);

export function isRun(kind: FindingKind): boolean {
  return RUNS.has(kind);
}
