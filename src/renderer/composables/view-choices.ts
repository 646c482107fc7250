import { DISPLAY_BAND_IDS, DISPLAY_BANDS } from '../../shared/domain/display-filters';
import { GAINS_MM_PER_MV, SWEEP_SPEEDS_MM_PER_S } from '../../shared/contract/settings-choices';

/** What can be chosen of the paper, as the header shows it and the keys step through it. */
export const SPEEDS = SWEEP_SPEEDS_MM_PER_S.map((value) => ({
  value,
  text: String(value),
  unit: 'mm/s',
}));
export const GAINS = GAINS_MM_PER_MV.map((value) => ({
  value,
  text: String(value),
  unit: 'mm/mV',
}));
export const FILTERS = DISPLAY_BAND_IDS.map((value) => ({
  value,
  text: DISPLAY_BANDS[value].short,
}));
export const LAYOUTS = [
  { value: '3x4', text: '3 × 4 + II' },
  { value: '6x2', text: '6 × 2' },
  { value: '12x1', text: '12 × 1' },
  { value: 'cabrera', text: 'Cabrera' },
] as const;
export const OVERLAYS = [
  { value: 'off', word: 'bar.overlayOff' },
  { value: 'attention', word: 'bar.overlayAttention' },
  { value: 'evidence', word: 'bar.overlayEvidence' },
] as const;
export const THEMES = [
  { value: 'system', word: 'settings.asSystem' },
  { value: 'light', word: 'settings.themeLight' },
  { value: 'dark', word: 'settings.themeDark' },
] as const;
/** A language is named in itself. */
export const LANGUAGE_NAMES = { en: 'English', es: 'Español' } as const;

/** The value after `current`, the first one after the last. */
export function nextOf<T>(choices: readonly { value: T }[], current: T): T {
  const at = choices.findIndex((choice) => choice.value === current);
  return choices[(at + 1) % choices.length]!.value;
}

/** The value `by` steps from `current`, never beyond either end. */
export function stepOf<T>(choices: readonly { value: T }[], current: T, by: number): T {
  const at = choices.findIndex((choice) => choice.value === current);
  return choices[Math.min(choices.length - 1, Math.max(0, at + by))]!.value;
}
