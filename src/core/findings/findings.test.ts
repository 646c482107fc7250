import { describe, expect, it } from 'vitest';
import {
  BEAT_CLASSES,
  DEFAULT_FINDING_THRESHOLDS,
  type FindingDecision,
  type QualityColumns,
  type RhythmEpisode,
  type Segment,
} from '../../shared/domain';
import { QUALITY } from '../beats/quality';
import type { AnalysedSignal } from './analysed-signal';
import { findingsOf, type Findings } from './findings';
import type { Reading } from './found-basis';

/** Beats from letters, `rrS` apart; a figure waits that many seconds more before the next. */
function beatsOf(text: string, rrS = 0.8, startS = 0.4): AnalysedSignal['beats'] {
  const timeS: number[] = [];
  const classes: number[] = [];
  let at = startS;
  for (const letter of text) {
    const wait = Number(letter);
    if (Number.isInteger(wait)) {
      at += wait;
      continue;
    }
    timeS.push(at);
    classes.push(BEAT_CLASSES.findIndex((own) => own === letter));
    at += rrS;
  }
  return { timeS: Float64Array.from(timeS), beatClass: Uint8Array.from(classes) };
}

function segmentsOf(durationS: number, more: (startS: number) => Partial<Segment> = () => ({})) {
  return Array.from({ length: Math.max(1, Math.floor(durationS / 5) - 1) }, (_, index): Segment => {
    const startS = 5 * index;
    return {
      index,
      startS,
      endS: startS + 10,
      verdict: 'Normal',
      probability: 0.1,
      reason: null,
      refer: false,
      ...more(startS),
    };
  });
}

function signal(more: Partial<AnalysedSignal>): AnalysedSignal {
  const beats = more.beats ?? beatsOf('N'.repeat(80));
  const durationS = more.durationS ?? Math.ceil((beats.timeS.at(-1) ?? 0) + 0.5);
  return {
    durationS,
    startClock: null,
    beats,
    episodes: [],
    segments: segmentsOf(durationS),
    quality: null,
    findsBeats: true,
    leads: [],
    ...more,
  };
}

const of = (more: Partial<AnalysedSignal>, reading?: Partial<Reading>): Findings => {
  const given = signal(more);
  return findingsOf(
    given,
    DEFAULT_FINDING_THRESHOLDS,
    reading && { beats: given.beats, decisions: [], ...reading },
  );
};
const lines = ({ findings }: Findings): string[] =>
  findings.map(({ kind, startS, beats }) => `${kind} ${startS.toFixed(1)} ${beats}`);

function decision(more: Partial<FindingDecision>): FindingDecision {
  return {
    id: '',
    kind: 'pause',
    startS: 0,
    endS: 0,
    state: 'confirmed',
    note: '',
    rejectedAs: null,
    reader: 'ab',
    atMs: 1,
    ...more,
  };
}

/** One lead per text, a figure a second. */
function quality(...leads: readonly string[]): QualityColumns {
  return {
    leads: leads.map((_, index) => ({ index, name: `L${index}`, isEcg: true })),
    seconds: leads[0]!.length,
    level: Uint8Array.from(leads.join(''), Number),
  };
}

describe('what is found', () => {
  it('tells single beats, couplets and runs apart, with their rate and coupling', () => {
    const found = of({ beats: beatsOf('NNNNVNNNNVVNNNNVVVVNNNNSNNSSNNSSSNNFNN', 0.5) });
    expect(lines(found)).toEqual([
      'ventricular-tachycardia 7.9 4',
      'ventricular-couplet 4.9 2',
      'ventricular-beat 2.4 1',
      'sv-run 15.4 3',
      'sv-couplet 13.4 2',
      'sv-beat 11.9 1',
      'fusion-beat 17.9 1',
    ]);
    expect(found.findings[0]).toMatchObject({ rateBpm: 120, urgent: true, state: 'open' });
    expect(found.findings[0]!.couplingMs).toBeCloseTo(500);
    expect(found.counts.beats).toMatchObject({ V: 7, S: 6, F: 1, total: 38 });
    expect(found.counts.needReader).toBe(1);
  });

  it('calls a slow run a run, and three beats no emergency', () => {
    expect(lines(of({ beats: beatsOf('NNNNVVVVNNNN', 0.7) }))).toContain('ventricular-run 3.2 4');
    const three = of({ beats: beatsOf('NNNNVVVNNNN', 0.4) }).findings[0];
    expect(three).toMatchObject({ kind: 'ventricular-tachycardia', beats: 3, urgent: false });
  });

  it('finds bigeminy and trigeminy of three repeats and more', () => {
    expect(lines(of({ beats: beatsOf('NNVNVNVNNNVNNVNNVNN') })).slice(0, 2)).toEqual([
      'bigeminy 2.0 5',
      'trigeminy 8.4 7',
    ]);
    expect(lines(of({ beats: beatsOf('NNVNVNNNN') })).filter((l) => /gem/.test(l))).toEqual([]);
  });

  it('has one rule for pauses, urgent from 3 s, asystole from 6 s and at the open end', () => {
    const found = of({ beats: beatsOf('NNNN2NNNN3NNNN6NNNN'), durationS: 40 });
    expect(found.findings.map(({ kind, urgent }) => [kind, urgent])).toEqual([
      ['asystole', true],
      ['asystole', true],
      ['pause', false],
      ['pause', true],
    ]);
    expect(found.findings[1]).toMatchObject({ endS: 40 });
    // Every segment that shares a pause is flagged for it.
    const flagged = found.segments.filter(({ verdict }) => verdict === 'Abnormal');
    expect(flagged.map(({ startS }) => startS)).toEqual([0, 5, 10, 15, 20, 25, 30]);
    expect(flagged[0]!.reason).toBe('no heartbeat for 2.8 s');
  });

  it('tells no pause where leads were not quiet, and no rate over it; beats that a reader adds count', () => {
    const beats = beatsOf('NNNNNNNNNN3NNNNNNNNNN6NNNN');
    const at = beats.timeS;
    const restless = [
      { startS: at[9]!, endS: at[10]! },
      { startS: at[19]!, endS: at[20]! },
      { startS: at[23]!, endS: 40 },
    ];
    expect(of({ beats, durationS: 40 }).counts.kinds.map(({ kind }) => kind)).toEqual([
      'asystole',
      'pause',
    ]);
    const given = signal({ beats, durationS: 40, restless });
    const found = findingsOf(given, DEFAULT_FINDING_THRESHOLDS);
    expect(lines(found)).toEqual([]);
    expect(found.segments.filter(({ verdict }) => verdict === 'Abnormal')).toEqual([]);
    expect(found.heartRate!.meanBpm).toBeCloseTo(75, 6);
    // A pause that is told beside one that is not stays told.
    expect(lines(of({ beats, durationS: 40, restless: restless.slice(1) }))).toEqual([
      'pause 7.6 0',
    ]);
    const added = at[9]! + 0.8;
    const more = {
      timeS: Float64Array.from([...at, added]).sort(),
      beatClass: new Uint8Array(at.length + 1),
    };
    expect(
      lines(findingsOf(given, DEFAULT_FINDING_THRESHOLDS, { beats: more, decisions: [] })),
    ).toEqual(['pause 8.4 0']);
  });

  it('lists as urgent where beats were missed for long, though a ventricular beat stands beside it', () => {
    const beats = beatsOf('NNNNNNNNNNV4NNNNNNNNNN');
    const restless = [{ startS: beats.timeS[10]!, endS: beats.timeS[11]! }];
    const segments = segmentsOf(21, (startS) =>
      startS === 5
        ? { verdict: 'Abnormal', probability: 0.9, reason: 'no heartbeat found for 4.8 s' }
        : {},
    );
    const found = of({ beats, durationS: 21, segments, restless });
    expect(found.findings.map(({ kind, urgent }) => [kind, urgent])).toEqual([
      ['ventricular-beat', false],
      ['flagged-unclear', true],
    ]);
    expect(found.findings[1]!.reason).toBe('no heartbeat found for 4.8 s');
    // A short one is no matter of urgency, and a beat beside it explains the flag.
    const soon = beatsOf('NNNNNNNNNNV2NNNNNNNNNN');
    const short = [{ startS: soon.timeS[10]!, endS: soon.timeS[11]! }];
    expect(lines(of({ beats: soon, durationS: 21, segments, restless: short }))).toEqual([
      'ventricular-beat 8.4 1',
    ]);
  });

  it.each(['may be ventricular fibrillation', 'tachycardia of 240 bpm'])(
    'lists as urgent what %s, whatever beats stand in it',
    (reason) => {
      const beats = beatsOf('NNNNNNNNNNVNNNNNNNNNN');
      const segments = segmentsOf(21, (startS) =>
        startS === 5 ? { verdict: 'Abnormal', probability: 0.4, reason } : {},
      );
      const { findings } = of({ beats, durationS: 21, segments });
      expect(findings.map(({ kind, urgent }) => [kind, urgent])).toContainEqual([
        'flagged-unclear',
        true,
      ]);
      const before = { verdict: 'Abnormal', reason: 'no heartbeat for 3.1 s' } as const;
      const stretch = segments.map((one) => (one.startS === 0 ? { ...one, ...before } : one));
      const calm = beatsOf('N'.repeat(21));
      expect(of({ beats: calm, durationS: 21, segments: stretch }).findings).toContainEqual(
        expect.objectContaining({ kind: 'flagged-unclear', startS: 0, urgent: true, reason }),
      );
    },
  );

  it('has fibrillation begin where it does, after complexes that are very wide', () => {
    const segments = segmentsOf(60, (startS) => {
      if (startS >= 35) return {};
      const reason = startS < 20 ? 'very wide complexes' : 'may be ventricular fibrillation';
      return { verdict: 'Abnormal', probability: 0.9, reason };
    });
    const found = of({ beats: beatsOf('N'.repeat(75)), durationS: 60, segments }).findings;
    expect(found.map(({ startS, endS, reason }) => [startS, endS, reason])).toEqual([
      [0, 25, 'very wide complexes'],
      [20, 40, 'may be ventricular fibrillation'],
    ]);
  });

  it('says nothing of what has not been read yet, wherever that lies', () => {
    const beats = beatsOf(`${'N'.repeat(75)}9${'N'.repeat(75)}`);
    const analysed = [
      { startS: 0, endS: 60 },
      { startS: 69, endS: 129 },
    ];
    const so = of({ beats, durationS: 600, analysed });
    expect(lines(so)).toEqual([]);
    expect(so.analysableS).toBe(120);
    expect(so.unreadable).toEqual([]);
    expect(lines(of({ beats, durationS: 129 }))).toEqual(['asystole 59.6 0']);
    // Nor is it noise where the quality of leads is known: what nobody looked at is good, and not readable.
    const level = new Uint8Array(600).fill(QUALITY.good);
    level.fill(QUALITY.noisy, 20, 30);
    const quality = { seconds: 600, leads: [{ index: 0, name: 'II', isEcg: true }], level };
    const read = of({ beats, durationS: 600, analysed, quality });
    expect(lines(read).filter((line) => !line.startsWith('noise 20'))).toEqual([]);
    expect(read.unreadable).toEqual([{ startS: 20, endS: 30 }]);
  });

  it('says nothing of pauses where the model finds no beats', () => {
    const found = of({ beats: beatsOf(''), durationS: 60, findsBeats: false });
    expect(found.findings).toEqual([]);
    expect(found.heartRate).toBeNull();
  });

  it('does not leave two minutes at 28 bpm without a word', () => {
    const found = of({ beats: beatsOf('N'.repeat(56), 60 / 28), durationS: 120 });
    const slow = found.findings.find(({ kind }) => kind === 'bradycardia')!;
    expect(slow.rateBpm).toBeCloseTo(28);
    expect(slow.beats).toBe(56);
    expect(found.segments.every(({ verdict }) => verdict === 'Abnormal')).toBe(true);
  });

  it('does not leave ten seconds at 41 bpm without a word either, which have no eight intervals', () => {
    const strip = (bpm: number, beats: number) =>
      of({ beats: beatsOf('N'.repeat(beats), 60 / bpm), durationS: 10 });
    expect(lines(strip(41, 6))).toEqual(['bradycardia 0.4 6']);
    const severe = strip(35, 5);
    expect(lines(severe)).toEqual(['bradycardia 0.4 5']);
    expect(severe.segments.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ['Abnormal', '35 bpm'],
    ]);
    // Two intervals say too little, and of a few in minutes of noise the rest is not known.
    expect(lines(of({ beats: beatsOf('N'.repeat(3), 60 / 41), durationS: 5 }))).toEqual([]);
    expect(lines(of({ beats: beatsOf('N'.repeat(6), 60 / 41), durationS: 120 }))).not.toContain(
      'bradycardia 0.4 6',
    );
  });

  it('calls a rate slow or fast over 8 intervals, and not for one pause or a ventricular run', () => {
    const fast = of({ beats: beatsOf('N'.repeat(30), 0.45) });
    expect(lines(fast)).toEqual(['tachycardia 0.4 30']);
    expect(lines(of({ beats: beatsOf('N'.repeat(8), 0.45) }))).toEqual([]);
    expect(lines(of({ beats: beatsOf('NNNNNNNNN5NNNNNNNN') }))).toEqual(['pause 6.8 0']);
    expect(lines(of({ beats: beatsOf(`NNN${'V'.repeat(20)}NNN`, 0.4) }))).toEqual([
      'ventricular-tachycardia 1.6 20',
    ]);
  });

  it('reports fibrillation from 30 s on, and what is shorter as an irregular rhythm', () => {
    const episodes: RhythmEpisode[] = [
      { startS: 2, endS: 12, rhythm: '(AFIB', probability: 0.8 },
      { startS: 20, endS: 55, rhythm: '(AFIB', probability: 0.9 },
    ];
    const found = of({ episodes });
    expect(found.findings.map(({ kind, durationS }) => [kind, durationS])).toEqual([
      ['af', 35],
      ['irregular-rhythm', 10],
    ]);
    expect(found.counts.afS).toBe(35);
    const inside = found.segments.filter(({ startS, endS }) => startS >= 20 && endS <= 55);
    expect(inside.map(({ verdict }) => verdict)).toEqual(Array(6).fill('Abnormal'));
    expect(found.segments[0]).toMatchObject({ verdict: 'Normal' });
  });

  it('makes a finding of what was flagged and nothing explains, and of what is borderline', () => {
    const beats = beatsOf(`${'N'.repeat(20)}V${'N'.repeat(60)}`);
    const segments = segmentsOf(60, (startS) => ({
      verdict: startS < 25 || startS >= 40 ? 'Abnormal' : 'Normal',
      probability: startS / 100,
      refer: startS === 30,
    }));
    const found = of({ beats, segments });
    expect(found.findings.map(({ kind, startS, endS }) => [kind, startS, endS])).toEqual([
      ['ventricular-beat', expect.closeTo(16.4), expect.closeTo(16.4)],
      ['borderline', 30, 40],
      ['flagged-unclear', 0, 15],
      ['flagged-unclear', 20, 30],
      ['flagged-unclear', 40, 60],
    ]);
    expect(found.findings[4]!.probability).toBe(0.5);
  });
});

describe('what cannot be read', () => {
  it('is no asystole where the leads are off, and their edges are no beats', () => {
    const beats = beatsOf(`${'N'.repeat(25)}VV9${'N'.repeat(1)}7V${'N'.repeat(30)}`);
    const off = '2'.repeat(21) + '0'.repeat(17) + '2'.repeat(30);
    const found = of({ beats, quality: quality(off, off), durationS: 68 });
    expect(lines(found)).toEqual(['lead-off 21.0 0']);
    expect(found.findings[0]!.leads).toEqual([0, 1]);
    expect(found.analysableS).toBe(51);
    expect(found.heartRate!.longestRr.ms).toBeCloseTo(800);
    expect(found.leads[0]).toEqual({ name: 'L0', isEcg: true, offS: 17, noisyS: 0 });
  });

  it('names the one lead of two that is off, and reads on by the other', () => {
    const found = of({
      quality: quality('2'.repeat(64), '2'.repeat(20) + '0'.repeat(44)),
      durationS: 64,
    });
    expect(lines(found)).toEqual(['lead-off 20.0 0']);
    expect(found.findings[0]!.leads).toEqual([1]);
    expect(found.counts.beats.total).toBe(80);
    expect(found.analysableS).toBe(64);
  });

  it('is noise where no connected lead can be read, and is no pause', () => {
    const beats = beatsOf(`${'N'.repeat(25)}9${'N'.repeat(30)}`);
    const found = of({
      beats,
      quality: quality(`${'2'.repeat(20)}${'1'.repeat(9)}${'2'.repeat(25)}`),
      durationS: 54,
    });
    expect(lines(found)).toEqual(['noise 20.0 0']);
  });

  it('is known from Unreadable segments alone in older analyses', () => {
    const segments = segmentsOf(64, (startS) =>
      startS === 20 ? { verdict: 'Unreadable', probability: null, reason: 'clipped' } : {},
    );
    const found = of({ segments });
    expect(lines(found)).toEqual(['noise 20.0 0']);
    expect(found.analysableS).toBe(55);
    expect(found.leads).toEqual([]);
  });
});

describe('what the reader decided', () => {
  const beats = beatsOf('NNNNNNVVVVNNNNNNNNNVNNNN', 0.5);
  const tachycardia = (): FindingDecision => {
    const { id, kind, startS, endS } = of({ beats }).findings[0]!;
    return decision({ id, kind, startS, endS });
  };

  it('stays with its finding, also after a beat was corrected elsewhere or moved a little', () => {
    const confirmed = of({ beats }, { decisions: [tachycardia()] });
    expect(confirmed.findings[0]).toMatchObject({ state: 'confirmed', reader: 'ab' });
    const moved = { ...beats, timeS: beats.timeS.map((t, i) => (i === 6 ? t + 0.02 : t)) };
    const after = of({ beats }, { beats: moved, decisions: [tachycardia()] });
    expect(after.findings[0]).toMatchObject({ id: tachycardia().id, state: 'confirmed' });
    expect(after.findings.filter(({ state }) => state !== 'open')).toHaveLength(1);
  });

  it('takes the beats of a rejected one out of every figure, and lists it once', () => {
    const rejected = of(
      { beats },
      { decisions: [{ ...tachycardia(), state: 'rejected', rejectedAs: 'artefact' }] },
    );
    expect(rejected.findings.map(({ kind, state, beats: n }) => [kind, state, n])).toEqual([
      ['ventricular-tachycardia', 'rejected', 4],
      ['ventricular-beat', 'open', 1],
    ]);
    expect(rejected.counts.beats).toMatchObject({ V: 1, N: 19, total: 20 });
    expect(rejected.counts.kinds[0]).toMatchObject({ total: 0, rejected: 1, worst: null });
    expect(rejected.hours[0]).toMatchObject({ ventricularRuns: 0, ventricularBeats: 1 });
    expect(rejected.heartRate!.longestRr.ms).toBeCloseTo(500);
    expect(rejected.counts.needReader).toBe(0);
  });

  it('lets rejected beats be supraventricular where the reader says so', () => {
    const rejected = of(
      { beats },
      { decisions: [{ ...tachycardia(), state: 'rejected', rejectedAs: 'aberrant' }] },
    );
    expect(lines(rejected)).toContain('sv-run 3.4 4');
    expect(rejected.counts.beats).toMatchObject({ V: 1, S: 4, total: 24 });
  });

  it('gives way to a correction that came later', () => {
    const handAt = Uint32Array.from(beats.timeS, (_, i) => (i === 7 ? 5 : 0));
    const rejected = of(
      { beats },
      {
        beats: { ...beats, handAt },
        decisions: [{ ...tachycardia(), state: 'rejected', sequence: 3 } as FindingDecision],
      },
    );
    expect(rejected.counts.beats.V).toBe(2);
  });

  it('takes a rejected pause out of the rate', () => {
    const paused = beatsOf('NNNNNNNNNN3NNNNNNNNNN');
    const { id, kind, startS, endS } = of({ beats: paused }).findings[0]!;
    const rejected = of(
      { beats: paused },
      { decisions: [decision({ id, kind, startS, endS, state: 'rejected' })] },
    );
    expect(rejected.heartRate!.longestRr.ms).toBeCloseTo(800);
    expect(rejected.counts.kinds).toMatchObject([{ kind: 'pause', total: 0, rejected: 1 }]);
  });
});

describe('the hours', () => {
  it('are those of the clock, and add up to the recording', () => {
    const beats = beatsOf('NNNVNNVVNNNNVVVVNNNN2NNNNNN'.repeat(300), 0.5);
    const durationS = Math.ceil(beats.timeS.at(-1)!) + 1;
    const found = of({ beats, durationS, startClock: '2024-05-01T09:40:00.000' });
    expect(found.hours.map(({ startS }) => startS)).toEqual([0, 1200]);
    const sum = (of_: (row: Findings['hours'][number]) => number): number =>
      found.hours.reduce((total, row) => total + of_(row), 0);
    const count = (kind: string): number =>
      found.counts.kinds.find((one) => one.kind === kind)?.total ?? 0;
    expect(sum((row) => row.beats)).toBe(found.counts.beats.total);
    expect(sum((row) => row.ventricularBeats)).toBe(found.counts.beats.V);
    expect(sum((row) => row.pauses)).toBe(count('pause'));
    expect(sum((row) => row.ventricularCouplets)).toBe(count('ventricular-couplet'));
    expect(sum((row) => row.ventricularRuns)).toBe(count('ventricular-tachycardia'));
    expect(Math.min(...found.hours.map((row) => row.heartRate!.lowest.bpm))).toBe(
      found.heartRate!.lowest.bpm,
    );
  });
});
