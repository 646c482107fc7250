// Apart from the schemas, so that the viewer's bundle has no need of the schema library for them.

/** Kinds of findings, most urgent first: the order of every list, table and walk. */
export const FINDING_KINDS = [
  'asystole',
  'pause',
  'ventricular-tachycardia',
  'ventricular-run',
  'af',
  'irregular-rhythm',
  'bradycardia',
  'tachycardia',
  'ventricular-couplet',
  'bigeminy',
  'trigeminy',
  'ventricular-beat',
  'sv-run',
  'sv-couplet',
  'sv-beat',
  'fusion-beat',
  'borderline',
  'flagged-unclear',
  'paced',
  'wide-qrs',
  'noise',
  'lead-off',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** How a kind is settled: event by event, by the form of its beats, or not at all, as what the signal lacks. */
export type WayToSettle = 'one-by-one' | 'by-form' | 'signal';

const BY_FORM: ReadonlySet<FindingKind> = new Set([
  'ventricular-couplet',
  'bigeminy',
  'trigeminy',
  'ventricular-beat',
  'sv-couplet',
  'sv-beat',
  'fusion-beat',
]);
const SIGNAL: ReadonlySet<FindingKind> = new Set(['noise', 'lead-off']);

export function wayToSettle(kind: FindingKind): WayToSettle {
  if (SIGNAL.has(kind)) return 'signal';
  return BY_FORM.has(kind) ? 'by-form' : 'one-by-one';
}

/** What a reader says of a finding; `open` before a decision and after its undo. */
export const FINDING_STATES = ['open', 'confirmed', 'rejected', 'unsure'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** What a rejected finding is instead: its beats follow from it. */
export const REJECTED_AS = ['artefact', 'aberrant', 'supraventricular', 'other'] as const;
export type RejectedAs = (typeof REJECTED_AS)[number];

/** What a threshold may be; `whole` ones count beats. */
export const FINDING_THRESHOLD_RANGES = {
  pauseS: { min: 1, max: 10, whole: false },
  urgentPauseS: { min: 1, max: 30, whole: false },
  asystoleS: { min: 2, max: 60, whole: false },
  ventricularRunBeats: { min: 3, max: 100, whole: true },
  ventricularTachycardiaBpm: { min: 60, max: 250, whole: false },
  urgentRunBeats: { min: 3, max: 100, whole: true },
  afS: { min: 10, max: 3600, whole: false },
  bradycardiaBpm: { min: 20, max: 100, whole: false },
  tachycardiaBpm: { min: 80, max: 250, whole: false },
  rateBeats: { min: 2, max: 60, whole: true },
  repeats: { min: 2, max: 20, whole: true },
  wideQrsMs: { min: 100, max: 200, whole: false },
  ventricularBurden: { min: 0, max: 1, whole: false },
} as const;

/**
 * - Pause over 2 s, urgent from 3 s: ISHNE-HRS consensus on ambulatory ECG (Steinberg et al., Heart Rhythm
 *   2017;14:e55) and ACC/AHA/HRS guideline on bradycardia (Kusumoto et al., Circulation 2019;140:e382).
 * - Asystole from 6 s: the length at which ESC's guidelines on cardiac pacing (Glikson et al., Eur Heart J
 *   2021;42:3427) recommend a pacemaker for a pause without symptoms.
 * - Ventricular tachycardia of three beats over 100 bpm, atrial fibrillation from 30 s: the ISHNE-HRS consensus.
 * - QRS from 120 ms on is wide: AHA/ACCF/HRS recommendations (Surawicz et al., Circulation 2009;119:e235).
 * - Bradycardia below 50 bpm: the ACC/AHA/HRS guideline. Fewer than three repeats are chance, not bigeminy.
 */
export const DEFAULT_FINDING_THRESHOLDS: Record<keyof typeof FINDING_THRESHOLD_RANGES, number> = {
  pauseS: 2,
  urgentPauseS: 3,
  asystoleS: 6,
  ventricularRunBeats: 3,
  ventricularTachycardiaBpm: 100,
  urgentRunBeats: 4,
  afS: 30,
  bradycardiaBpm: 50,
  tachycardiaBpm: 120,
  rateBeats: 8,
  repeats: 3,
  wideQrsMs: 120,
  ventricularBurden: 0.1,
};
