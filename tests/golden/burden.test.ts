import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../src/core/findings/findings';
import { worklistFigures } from '../../src/core/findings/worklist-figures';
import {
  BEAT_CLASSES,
  DEFAULT_FINDING_THRESHOLDS,
  type HeartRate,
  type QualityColumns,
} from '../../src/shared/domain';
import golden from './burden/golden.json';

type Case = (typeof golden.cases)[number];

/** Digits after the point to which figures agree. */
const DIGITS = 6;

/** `golden.json` names the command that made it: every figure computed in Python, interval by interval. */
describe.each(golden.cases)('an independent computation agrees: $name', (wanted) => {
  const durationS = wanted.samples / wanted.rateHz;
  const found = findingsOf(signalOf(wanted, durationS), DEFAULT_FINDING_THRESHOLDS);

  it('on every hour', () => {
    const { hours } = found;
    expect(hours).toHaveLength(wanted.hours.length);
    hours.forEach(({ heartRate, ...row }, i) => {
      const { rate, ...figures } = wanted.hours[i]!;
      expect(rounded(row)).toEqual(rounded(figures));
      expect(rounded(ratesOf(heartRate))).toEqual(rounded(rate));
    });
  });

  it('on variability', () => {
    expect(rounded(found.hrv!)).toEqual(rounded(wanted.hrv));
  });

  it('on burden', () => {
    const { beats, afS, rate, ...figures } = wanted.burden;
    expect(found.counts.beats).toEqual(beats);
    expect(found.counts.afS).toBeCloseTo(afS, DIGITS);
    expect(rounded(ratesOf(found.heartRate))).toEqual(rounded(rate));
    const row = worklistFigures(found, durationS);
    expect(rounded(row)).toMatchObject(rounded({ ...figures, afS })!);
    expect([row.lowestBpm, row.highestBpm]).toEqual([
      found.heartRate!.lowest.bpm,
      found.heartRate!.highest.bpm,
    ]);
  });
});

function signalOf(
  { rateHz, rrSamples, classes, afSamples, quality, startClock }: Case,
  durationS: number,
) {
  let at = 0;
  return {
    durationS,
    startClock,
    beats: {
      timeS: Float64Array.from(rrSamples, (rr) => (at += rr) / rateHz),
      beatClass: Uint8Array.from(classes, (letter) => BEAT_CLASSES.findIndex((c) => c === letter)),
    },
    episodes: afSamples.map(([start, end]) => ({
      startS: start! / rateHz,
      endS: end! / rateHz,
      rhythm: '(AFIB',
      probability: null,
    })),
    segments: [],
    quality: columnsOf(quality),
    findsBeats: true,
    leads: [],
  };
}

/** Levels of each lead second by second, from runs of [level, seconds]. */
function columnsOf(runs: Case['quality']): QualityColumns {
  const levels = runs.map((lead) =>
    lead.flatMap(([level, seconds]) => new Array<number>(seconds!).fill(level!)),
  );
  return {
    leads: levels.map((_, index) => ({ index, name: `lead ${index}`, isEcg: true })),
    seconds: levels[0]!.length,
    level: Uint8Array.from(levels.flat()),
  };
}

function ratesOf(rate: HeartRate | null): Case['hours'][number]['rate'] | null {
  return (
    rate && {
      meanBpm: rate.meanBpm,
      lowestBpm: rate.lowest.bpm,
      highestBpm: rate.highest.bpm,
      longestRrMs: rate.longestRr.ms,
    }
  );
}

/** Numbers of a record, and of records in it, to `DIGITS`. */
function rounded(figures: object | null): object | null {
  return figures && (JSON.parse(JSON.stringify(figures, toDigits)) as object);
}

function toDigits(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toFixed(DIGITS)) + 0 : value;
}
