export * from './analysis';
export * from './apply-beat-edits';
export * from './beat-classes';
export * from './beat-family';
export * from './beat-rows';
export * from './calipers';
export * from './counted-beats';
export * from './changed';
export * from './clock';
export * from './display-filters';
export * from './ecg-leads';
export * from './error-codes';
export * from './failure';
export * from './finding';
export {
  DEFAULT_FINDING_THRESHOLDS,
  FINDING_KINDS,
  FINDING_STATES,
  REJECTED_AS,
  wayToSettle,
  type FindingKind,
  type FindingState,
  type RejectedAs,
  type WayToSettle,
} from './finding-kinds';
export * from './heart-rate';
export * from './intervals';
export * from './finding-value';
export {
  hueOf,
  isRun,
  kindInFull,
  kindShort,
  kindTitle,
  SV_RUN_BEATS,
  type Hue,
} from './finding-words';
export * from './lane-cells';
export * from './lead-layout';
export * from './lower-bound';
export * from './measurements';
export * from './model-card';
export * from './number-text';
export * from './pressing-reason';
export * from './provider-names';
export * from './recording';
export * from './report';
export * from './result';
export * from './review';
export * from './second-read';
export * from './segment-columns';
export * from './segment-standing';
export * from './severity';
export * from './teaching';
export { teachingReasons, teachingText, type TeachingReason } from './teaching-words';
export type * from './time-span';
export * from './worklist-figures';
export * from './what-if';
