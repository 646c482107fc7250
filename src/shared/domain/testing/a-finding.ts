import type { Finding } from '../finding';

/** An open finding for tests: a run of three ventricular beats, but for what is said otherwise. */
export const aFinding = (over: Partial<Finding> = {}): Finding => ({
  id: 'x',
  kind: 'ventricular-tachycardia',
  startS: 10,
  endS: 11,
  durationS: 1,
  beats: 3,
  rateBpm: 120,
  urgent: false,
  state: 'open',
  note: '',
  reader: null,
  decidedAtMs: null,
  ...over,
});
