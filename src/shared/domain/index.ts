export * from './analysis';
export * from './apply-beat-edits';
export * from './beat-classes';
export * from './beat-family';
export * from './beat-rows';
export * from './counted-beats';
export * from './display-filters';
export * from './ecg-leads';
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
export * from './lower-bound';
export * from './measurements';
export * from './model-card';
export * from './provider-names';
export * from './recording';
export * from './result';
export * from './review';
export * from './segment-standing';
export * from './severity';
export type * from './time-span';
export * from './worklist-figures';
