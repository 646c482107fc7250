import { ok, type Measurements, type Ok } from '../../../shared/domain';

/** An averaged beat of ten, in leads of these names, of which a reader moved one mark. */
export function sampleMeasurements(names: readonly string[]): Ok<Measurements> {
  const fiducials = {
    ...{ pOnset: -200, pPeak: -140, pEnd: -80, qrsOnset: -40, qrsEnd: 54 },
    ...{ tPeak: 300, tEnd: 392 },
  };
  return ok({
    startS: 0,
    endS: 10,
    beat: {
      ...{ rateHz: 500, peakAt: 150, beats: 9, of: 10 },
      leads: names.map((name, index) => ({
        ...{ index, name, valuesMv: new Float32Array(400) },
        ...{ st60Mv: index === 0 ? 0.054 : -0.021, st80Mv: null },
      })),
    },
    missing: null,
    found: { ...fiducials, tEnd: 380 },
    fiducials,
    moved: [{ fiducial: 'tEnd', atMs: 392, reader: 'Dr Moved', movedAtMs: 0 }],
    intervals: {
      ...{ rateBpm: 61.4, rrMs: 977.1, pMs: 120, prMs: 160, qrsMs: 94, qtMs: 432 },
      ...{ qtcBazettMs: 437, qtcFridericiaMs: 435.4, qrsAxisDeg: -57.2 },
    },
  });
}
