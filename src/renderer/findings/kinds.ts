import { FINDING_KINDS } from '../../shared/domain/finding-kinds';
import type { Finding, FindingThresholds } from '../../shared/domain';

export { FINDING_KINDS };
export type FindingKind = Finding['kind'];

/** The class whose colour stands for a kind; `n` is the colourless one. */
export type Hue = 'n' | 'v' | 's' | 'f' | 'af' | 'pause' | 'unread';

/** How a kind is settled: event by event, by the form of its beats, or not at all, as what the signal lacks. */
export type WayToSettle = 'one-by-one' | 'by-form' | 'signal';

interface KindWords {
  readonly title: string | ((thresholds: FindingThresholds) => string);
  /** For chips on the paper. */
  readonly short: string;
  readonly hue: Hue;
  readonly way: WayToSettle;
}

const WORDS: Record<FindingKind, KindWords> = {
  asystole: { title: 'Asystole', short: 'Asystole', hue: 'pause', way: 'one-by-one' },
  pause: {
    title: ({ pauseS }) => `Pause over ${pauseS} s`,
    short: 'Pause',
    hue: 'pause',
    way: 'one-by-one',
  },
  'ventricular-tachycardia': {
    title: 'Ventricular tachycardia',
    short: 'VT',
    hue: 'v',
    way: 'one-by-one',
  },
  'ventricular-run': {
    title: ({ ventricularTachycardiaBpm: bpm }) => `Ventricular run, ${bpm} or slower`,
    short: 'V run',
    hue: 'v',
    way: 'one-by-one',
  },
  af: {
    title: 'Atrial fibrillation or flutter',
    short: 'AF or flutter',
    hue: 'af',
    way: 'one-by-one',
  },
  'irregular-rhythm': {
    title: 'Irregular rhythm',
    short: 'Irregular',
    hue: 'af',
    way: 'one-by-one',
  },
  bradycardia: {
    title: ({ bradycardiaBpm }) => `Bradycardia, below ${bradycardiaBpm}`,
    short: 'Bradycardia',
    hue: 'n',
    way: 'one-by-one',
  },
  tachycardia: {
    title: ({ tachycardiaBpm }) => `Tachycardia, over ${tachycardiaBpm}`,
    short: 'Tachycardia',
    hue: 'n',
    way: 'one-by-one',
  },
  'ventricular-couplet': {
    title: 'Ventricular couplets',
    short: 'V couplet',
    hue: 'v',
    way: 'by-form',
  },
  bigeminy: { title: 'Ventricular bigeminy', short: 'Bigeminy', hue: 'v', way: 'by-form' },
  trigeminy: { title: 'Ventricular trigeminy', short: 'Trigeminy', hue: 'v', way: 'by-form' },
  'ventricular-beat': {
    title: 'Ventricular beats, single',
    short: 'V beat',
    hue: 'v',
    way: 'by-form',
  },
  'sv-run': { title: 'Supraventricular run', short: 'SV run', hue: 's', way: 'one-by-one' },
  'sv-couplet': {
    title: 'Supraventricular couplets',
    short: 'SV couplet',
    hue: 's',
    way: 'by-form',
  },
  'sv-beat': {
    title: 'Supraventricular beats, single',
    short: 'SV beat',
    hue: 's',
    way: 'by-form',
  },
  'fusion-beat': { title: 'Fusion beats', short: 'Fusion', hue: 'f', way: 'by-form' },
  borderline: { title: 'Borderline', short: 'Borderline', hue: 'n', way: 'one-by-one' },
  'flagged-unclear': {
    title: 'Flagged, cause unclear',
    short: 'Flagged',
    hue: 'n',
    way: 'one-by-one',
  },
  paced: { title: 'Paced rhythm', short: 'Paced', hue: 'n', way: 'one-by-one' },
  'wide-qrs': { title: 'Wide QRS throughout', short: 'Wide QRS', hue: 'n', way: 'one-by-one' },
  noise: { title: 'Noise', short: 'Noise', hue: 'unread', way: 'signal' },
  'lead-off': { title: 'Lead off', short: 'Lead off', hue: 'unread', way: 'signal' },
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

export function wayToSettle(kind: FindingKind): WayToSettle {
  return WORDS[kind].way;
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
