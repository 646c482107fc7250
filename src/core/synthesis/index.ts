export { DEMO_RECORD } from './demo-record';
export { writeSyntheticRecord, type SyntheticOptions } from './write-synthetic-record';
export type { Scenario, RhythmStretch, Disturbance } from './scenario';
