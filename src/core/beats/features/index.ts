export {
  BEAT_FEATURE_VERSION,
  beatTokens,
  RHYTHM_VALUES,
  type BeatTokens,
  type FilteredLead,
} from './beat-tokens';
export { BEAT_WINDOW } from './beat-window';
