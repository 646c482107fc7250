export { DEMO_RECORD } from './demo-record';
export { writeSyntheticRecord, type SyntheticOptions } from './write-synthetic-record';
export type { Scenario, Stretch, Disturbance } from './scenario';
