import { describe, expect, it } from 'vitest';
import { reasonInWords } from '../../../shared/domain/reason-words';
import { wordsIn } from '../../../shared/words';
import { measure, type MeasureInput } from './measure';

const RATE_HZ = 500;
const RR_S = 0.8;
const BEATS = 12;
/** Gaussian waves against R: place, standard deviation, mV in lead I. */
const WAVES = [
  { atS: -0.16, sdS: 0.02, mv: 0.15 },
  { atS: 0, sdS: 0.012, mv: 1 },
  { atS: 0.28, sdS: 0.04, mv: 0.3 },
];

interface Options {
  readonly waves?: typeof WAVES;
  readonly avf?: number;
  readonly premature?: readonly number[];
  readonly isPaced?: boolean;
  readonly wanderMv?: number;
}

function stretch({
  waves = WAVES,
  avf = 0.5,
  premature = [],
  isPaced = false,
  wanderMv = 0,
}: Options = {}): MeasureInput {
  const timeS = Float64Array.from({ length: BEATS }, (_, beat) => 0.6 + beat * RR_S);
  const wide = [{ atS: 0, sdS: 0.05, mv: -1.5 }];
  const signal = (gain: number): Float64Array =>
    new Float64Array((BEATS * RR_S + 1) * RATE_HZ).map((_, i) => {
      const t = i / RATE_HZ;
      let value = wanderMv * Math.sin((2 * Math.PI * t) / 5);
      timeS.forEach((r, beat) => {
        for (const { atS, sdS, mv } of premature.includes(beat) ? wide : waves)
          value += gain * mv * Math.exp(-0.5 * ((t - r - atS) / sdS) ** 2);
      });
      return value;
    });
  return {
    startS: 0,
    endS: BEATS * RR_S + 1,
    rateHz: RATE_HZ,
    leads: [
      { index: 0, name: 'I', samples: signal(1) },
      { index: 5, name: 'AVF', samples: signal(avf) },
    ],
    timeS,
    isNormal: Uint8Array.from(timeS, (_, beat) => (premature.includes(beat) ? 0 : 1)),
    isPaced,
  };
}

describe('measure', () => {
  it('takes no interval across missing signal for one of the heart: rate and QTc rest on the others', () => {
    const whole = stretch();
    const follows = Uint8Array.from(whole.timeS, () => 1);
    // Five seconds were not recorded before the seventh beat.
    const timeS = whole.timeS.map((time, beat) => (beat >= 6 ? time + 5 : time));
    follows[6] = 0;
    const { intervals } = measure({ ...whole, timeS, follows }, []);
    expect(intervals.rrMs).toBeCloseTo(1000 * RR_S, 6);
    expect(intervals.rateBpm).toBeCloseTo(75, 6);
  });

  it('averages the normal beats and measures their intervals', () => {
    const { beat, intervals, fiducials } = measure(stretch({ premature: [4, 7] }), []);
    expect(beat!.of).toBe(10);
    expect(beat!.beats).toBeGreaterThanOrEqual(9);
    expect(Math.max(...beat!.leads[0]!.valuesMv)).toBeCloseTo(1, 1);
    expect(intervals.rrMs).toBeCloseTo(800, 6);
    expect(intervals.rateBpm).toBeCloseTo(75, 6);
    expect(fiducials.pPeak).toBeGreaterThan(-166);
    expect(fiducials.pPeak).toBeLessThan(-154);
    expect(Math.abs(fiducials.tPeak! - 280)).toBeLessThan(6);
    expect(intervals.prMs).toBe(fiducials.qrsOnset! - fiducials.pOnset!);
    expect(intervals.qtMs).toBe(fiducials.tEnd! - fiducials.qrsOnset!);
    expect(intervals.qtcBazettMs).toBeCloseTo(intervals.qtMs! / Math.sqrt(0.8), 9);
    expect(intervals.qtcFridericiaMs).toBeCloseTo(intervals.qtMs! / Math.cbrt(0.8), 9);
  });

  it('is not led astray by a wandering baseline', () => {
    const still = measure(stretch(), []);
    const wandering = measure(stretch({ wanderMv: 0.4 }), []);
    expect(Math.abs(wandering.intervals.qtMs! - still.intervals.qtMs!)).toBeLessThan(12);
    for (const { st60Mv } of wandering.beat!.leads) expect(Math.abs(st60Mv!)).toBeLessThan(0.04);
  });

  it.each([
    { avf: 0, axis: 0 },
    // What I and aVF show of a vector at 60 degrees: cos 60, and sqrt(3) / 2 of sin 60.
    { avf: (Math.sin(Math.PI / 3) * Math.sqrt(3)) / 2 / Math.cos(Math.PI / 3), axis: 60 },
    { avf: -1, axis: -49.1 },
  ])('has the axis of areas 1 in I and $avf in aVF', ({ avf, axis }) => {
    expect(measure(stretch({ avf }), []).intervals.qrsAxisDeg).toBeCloseTo(axis, 0);
  });

  it('measures from the marks that a reader moved, and keeps those that were found', () => {
    const before = measure(stretch(), []);
    const moved = { fiducial: 'tEnd', atMs: 400, reader: 'A', movedAtMs: 1 } as const;
    const after = measure(stretch(), [moved]);
    expect(after.found).toEqual(before.found);
    expect(after.fiducials.tEnd).toBe(400);
    expect(after.intervals.qtMs).toBe(400 - before.fiducials.qrsOnset!);
    const gone = measure(stretch(), [{ ...moved, fiducial: 'pOnset', atMs: null }]);
    expect(gone.intervals.prMs).toBeNull();
  });

  it('says why there is nothing to measure', () => {
    expect(measure(stretch({ isPaced: true }), []).missing).toMatch(/Paced/);
    const few = stretch({ premature: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] });
    const measured = measure(few, []);
    expect(measured.beat).toBeNull();
    expect(measured.missing).toBe('An averaged beat takes 3 normal beats; there are 2.');
    expect(measured.intervals.rateBpm).toBeCloseTo(75, 6);
    expect(measured.intervals.qtMs).toBeNull();
    // Page and report say it in the reader's language.
    const premature = (n: number) => Array.from({ length: n }, (_, i) => i);
    const said = [
      stretch({ isPaced: true }),
      ...[10, 11, 12].map((n) => stretch({ premature: premature(n) })),
    ].map((input) => reasonInWords(measure(input, []).missing!, wordsIn('es')));
    expect(said).toEqual([
      'Ritmo de marcapasos: PR, QRS y QT no se miden.',
      'Un latido promediado necesita 3 latidos normales; hay 2.',
      'Un latido promediado necesita 3 latidos normales; hay 1.',
      'Un latido promediado necesita 3 latidos normales; no hay ninguno.',
    ]);
    expect(reasonInWords('No lead can be measured.', wordsIn('es'))).toMatch(/ninguna derivación/);
  });

  it('finds no P wave where the beats have none', () => {
    expect(measure(stretch({ waves: WAVES.slice(1) }), []).intervals.prMs).toBeNull();
  });
});
