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

/** As many supraventricular beats in a row are a run (core: `ectopy`). */
export const SV_RUN_BEATS = 3;

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

/** What a kind is, with every limit that makes it one: for what stands far from where limits are printed, as in codes. */
export function kindInFull(
  kind: FindingKind,
  of: FindingThresholds,
  words: Words = english,
): string {
  const { say, number } = words;
  const title = kindTitle(kind, of, words);
  switch (kind) {
    case 'asystole':
    case 'af': {
      const s = number(kind === 'af' ? of.afS : of.asystoleS);
      return say('kinds.orLonger', { title, s });
    }
    case 'irregular-rhythm':
      return say('kinds.shorterThan', { title, s: number(of.afS) });
    case 'ventricular-tachycardia': {
      const run = say('kinds.beatsOrMore', { title, n: of.ventricularRunBeats });
      return say('kinds.fasterThan', { title: run, bpm: number(of.ventricularTachycardiaBpm) });
    }
    case 'ventricular-run':
      return say('kinds.beatsOrMore', { title, n: of.ventricularRunBeats });
    case 'sv-run':
      return say('kinds.beatsOrMore', { title, n: SV_RUN_BEATS });
    case 'bigeminy':
    case 'trigeminy':
      return say('kinds.repeatsOrMore', { title, n: of.repeats });
    case 'bradycardia':
    case 'tachycardia':
      return say('kinds.overIntervals', { title, n: of.rateBeats });
    case 'wide-qrs':
      return say('kinds.widthOrMore', { title, ms: number(of.wideQrsMs) });
    default:
      return title;
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
