import type { FindingKind, FindingThresholds } from '../../shared/domain';

type Nouns = readonly [one: string, many: string];

/** Kinds as a sentence counts them: `1 pause over 2 s`, `13 pauses over 2 s`. */
const NOUNS: Record<FindingKind, Nouns | ((thresholds: FindingThresholds) => Nouns)> = {
  asystole: ({ asystoleS }) => [
    `asystole of ${asystoleS} s or more`,
    `asystoles of ${asystoleS} s or more`,
  ],
  pause: ({ pauseS }) => [`pause over ${pauseS} s`, `pauses over ${pauseS} s`],
  'ventricular-tachycardia': ['ventricular tachycardia', 'ventricular tachycardias'],
  'ventricular-run': ({ ventricularTachycardiaBpm: bpm }) => [
    `ventricular run at ${bpm} bpm or slower`,
    `ventricular runs at ${bpm} bpm or slower`,
  ],
  af: ['episode of atrial fibrillation or flutter', 'episodes of atrial fibrillation or flutter'],
  'irregular-rhythm': ({ afS }) => [
    `stretch of irregular rhythm under ${afS} s`,
    `stretches of irregular rhythm under ${afS} s`,
  ],
  bradycardia: ({ bradycardiaBpm: bpm }) => [
    `bradycardia below ${bpm} bpm`,
    `bradycardias below ${bpm} bpm`,
  ],
  tachycardia: ({ tachycardiaBpm: bpm }) => [
    `tachycardia over ${bpm} bpm`,
    `tachycardias over ${bpm} bpm`,
  ],
  'ventricular-couplet': ['ventricular couplet', 'ventricular couplets'],
  bigeminy: ['ventricular bigeminy', 'ventricular bigeminies'],
  trigeminy: ['ventricular trigeminy', 'ventricular trigeminies'],
  'ventricular-beat': ['single ventricular beat', 'single ventricular beats'],
  'sv-run': ['supraventricular run', 'supraventricular runs'],
  'sv-couplet': ['supraventricular couplet', 'supraventricular couplets'],
  'sv-beat': ['single supraventricular beat', 'single supraventricular beats'],
  'fusion-beat': ['fusion beat', 'fusion beats'],
  borderline: ['borderline stretch', 'borderline stretches'],
  'flagged-unclear': ['stretch flagged, cause unclear', 'stretches flagged, cause unclear'],
  paced: ['stretch of paced rhythm', 'stretches of paced rhythm'],
  'wide-qrs': ['stretch of wide QRS complexes', 'stretches of wide QRS complexes'],
  noise: ['stretch of noise', 'stretches of noise'],
  'lead-off': ['stretch with a lead off', 'stretches with a lead off'],
};

/** `1 pause over 2 s`; the noun alone fits what follows the number. */
export function kindNoun(kind: FindingKind, count: number, thresholds: FindingThresholds): string {
  const nouns = NOUNS[kind];
  return (typeof nouns === 'function' ? nouns(thresholds) : nouns)[count === 1 ? 0 : 1];
}
