import type { FindingKind, FindingThresholds } from '../../../shared/domain';

/** Kinds as a bundle names them: in English, in the plural where they are counted. */
const TITLES: Record<FindingKind, string | ((thresholds: FindingThresholds) => string)> = {
  asystole: ({ asystoleS }) => `Asystole, ${asystoleS} s or more`,
  pause: ({ pauseS }) => `Pauses over ${pauseS} s`,
  'ventricular-tachycardia': 'Ventricular tachycardia',
  'ventricular-run': ({ ventricularTachycardiaBpm }) =>
    `Ventricular runs, ${ventricularTachycardiaBpm} bpm or slower`,
  af: 'Atrial fibrillation or flutter',
  'irregular-rhythm': ({ afS }) => `Irregular rhythm, under ${afS} s`,
  bradycardia: ({ bradycardiaBpm }) => `Bradycardia, below ${bradycardiaBpm} bpm`,
  tachycardia: ({ tachycardiaBpm }) => `Tachycardia, over ${tachycardiaBpm} bpm`,
  'ventricular-couplet': 'Ventricular couplets',
  bigeminy: 'Ventricular bigeminy',
  trigeminy: 'Ventricular trigeminy',
  'ventricular-beat': 'Ventricular beats, single',
  'sv-run': 'Supraventricular runs',
  'sv-couplet': 'Supraventricular couplets',
  'sv-beat': 'Supraventricular beats, single',
  'fusion-beat': 'Fusion beats',
  borderline: 'Borderline stretches',
  'flagged-unclear': 'Flagged, cause unclear',
  paced: 'Paced rhythm',
  'wide-qrs': 'Wide QRS complexes throughout',
  noise: 'Noise',
  'lead-off': 'Lead off',
};

export function findingTitle(kind: FindingKind, thresholds: FindingThresholds): string {
  const title = TITLES[kind];
  return typeof title === 'string' ? title : title(thresholds);
}
