import { DEMO_SCENARIO } from './scenario';
import type { SyntheticOptions } from './write-synthetic-record';

/** The record that lies in `resources/demo` and opens when nothing else is named. */
export const DEMO_RECORD: SyntheticOptions = {
  name: 'demo',
  durationS: 600,
  rateHz: 360,
  leads: 2,
  seed: 2003,
  format: 212,
  scenario: DEMO_SCENARIO,
};
