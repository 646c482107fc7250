export { FEWEST_OF_FORM, type BeatForms } from './beat-forms';
export {
  BEAT_FEATURE_VERSION,
  beatTokens,
  RHYTHM_VALUES,
  type BeatTokens,
  type FilteredLead,
} from './beat-tokens';
export { pLikeness } from './p-likeness';
export { STRIP_RATE_HZ, stripSignal } from './strip-signal';
export { unlikeTraining } from './unlike-training';
export { rhythmFeatures } from './rhythm-features';
export { BEAT_WINDOW } from './beat-window';
