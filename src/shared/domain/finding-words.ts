// Apart from the schemas, so that the viewer's bundle has no need of the schema library for them.
import type { FindingThresholds } from './finding';
import type { FindingKind } from './finding-kinds';

export type { FindingKind };

/** The class whose colour stands for a kind; `n` is the colourless one. */
export type Hue = 'n' | 'v' | 's' | 'f' | 'af' | 'pause' | 'unread';

interface KindWords {
  readonly title: string | ((thresholds: FindingThresholds) => string);
  /** For chips on the paper. */
  readonly short: string;
  readonly hue: Hue;
}

const WORDS: Record<FindingKind, KindWords> = {
  asystole: { title: 'Asystole', short: 'Asystole', hue: 'pause' },
  pause: {
    title: ({ pauseS }) => `Pause over ${pauseS} s`,
    short: 'Pause',
    hue: 'pause',
  },
  'ventricular-tachycardia': {
    title: 'Ventricular tachycardia',
    short: 'VT',
    hue: 'v',
  },
  'ventricular-run': {
    title: ({ ventricularTachycardiaBpm: bpm }) => `Ventricular run, ${bpm} or slower`,
    short: 'V run',
    hue: 'v',
  },
  af: {
    title: 'Atrial fibrillation or flutter',
    short: 'AF or flutter',
    hue: 'af',
  },
  'irregular-rhythm': {
    title: 'Irregular rhythm',
    short: 'Irregular',
    hue: 'af',
  },
  bradycardia: {
    title: ({ bradycardiaBpm }) => `Bradycardia, below ${bradycardiaBpm}`,
    short: 'Bradycardia',
    hue: 'n',
  },
  tachycardia: {
    title: ({ tachycardiaBpm }) => `Tachycardia, over ${tachycardiaBpm}`,
    short: 'Tachycardia',
    hue: 'n',
  },
  'ventricular-couplet': {
    title: 'Ventricular couplets',
    short: 'V couplet',
    hue: 'v',
  },
  bigeminy: { title: 'Ventricular bigeminy', short: 'Bigeminy', hue: 'v' },
  trigeminy: { title: 'Ventricular trigeminy', short: 'Trigeminy', hue: 'v' },
  'ventricular-beat': {
    title: 'Ventricular beats, single',
    short: 'V beat',
    hue: 'v',
  },
  'sv-run': { title: 'Supraventricular run', short: 'SV run', hue: 's' },
  'sv-couplet': {
    title: 'Supraventricular couplets',
    short: 'SV couplet',
    hue: 's',
  },
  'sv-beat': {
    title: 'Supraventricular beats, single',
    short: 'SV beat',
    hue: 's',
  },
  'fusion-beat': { title: 'Fusion beats', short: 'Fusion', hue: 'f' },
  borderline: { title: 'Borderline', short: 'Borderline', hue: 'n' },
  'flagged-unclear': {
    title: 'Flagged, cause unclear',
    short: 'Flagged',
    hue: 'n',
  },
  paced: { title: 'Paced rhythm', short: 'Paced', hue: 'n' },
  'wide-qrs': { title: 'Wide QRS throughout', short: 'Wide QRS', hue: 'n' },
  noise: { title: 'Noise', short: 'Noise', hue: 'unread' },
  'lead-off': { title: 'Lead off', short: 'Lead off', hue: 'unread' },
};

export function kindTitle(kind: FindingKind, thresholds: FindingThresholds): string {
  const { title } = WORDS[kind];
  return typeof title === 'string' ? title : title(thresholds);
}

export function kindShort(kind: FindingKind): string {
  return WORDS[kind].short;
}

export function hueOf(kind: FindingKind): Hue {
  return WORDS[kind].hue;
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
