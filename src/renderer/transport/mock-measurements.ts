import type { Measurements } from '../../shared/domain';

const NONE = {
  pOnset: null,
  pPeak: null,
  pEnd: null,
  qrsOnset: null,
  qrsEnd: null,
  tPeak: null,
  tEnd: null,
} as const;

/** The mock recording has no averaged beat. */
export function mockMeasurements(durationS: number): Measurements {
  return {
    startS: 0,
    endS: Math.min(60, durationS),
    beat: null,
    missing: 'The mock has no averaged beat.',
    found: NONE,
    fiducials: NONE,
    moved: [],
    intervals: {
      rateBpm: null,
      rrMs: null,
      pMs: null,
      prMs: null,
      qrsMs: null,
      qtMs: null,
      qtcBazettMs: null,
      qtcFridericiaMs: null,
      qrsAxisDeg: null,
    },
  };
}
