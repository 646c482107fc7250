import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  BEAT_CLASSES,
  DEFAULT_FINDING_THRESHOLDS,
  type FindingKind,
  type RhythmEpisode,
  type Segment,
} from '../../shared/domain';
import type { AnalysedSignal } from './analysed-signal';
import { findingsOf } from './findings';

const DURATION_S = 120;

/** A segment that touches one of these is Abnormal. */
const ABNORMAL: ReadonlySet<FindingKind> = new Set<FindingKind>([
  ...(['asystole', 'pause', 'ventricular-tachycardia', 'ventricular-run'] as const),
  ...(['ventricular-couplet', 'bigeminy', 'trigeminy', 'ventricular-beat'] as const),
]);
/** One that touches these is borderline at least. */
const IRREGULAR: ReadonlySet<FindingKind> = new Set<FindingKind>(['af', 'irregular-rhythm']);

const REPEATED = ['NVNVNVN', 'NNVNNVNNVNN'];
const drawnBeats = fc.array(
  fc.record({
    rrS: fc.oneof(
      { weight: 12, arbitrary: fc.double({ min: 0.25, max: 1.2, noNaN: true }) },
      { weight: 1, arbitrary: fc.double({ min: 2, max: 9, noNaN: true }) },
    ),
    form: fc.constantFrom('N', 'N', 'NN', 'NNNNN', 'S', 'V', 'VV', 'VVVV', 'F', 'Q', ...REPEATED),
  }),
  { minLength: 20, maxLength: 80 },
);
const drawnEpisodes = fc.array(
  fc.record({
    startS: fc.double({ min: 0, max: DURATION_S, noNaN: true }),
    lengthS: fc.double({ min: 8, max: 60, noNaN: true }),
    rhythm: fc.constantFrom('(AFIB', '(AFL', '(P'),
  }),
  { maxLength: 3 },
);
/** The grid ends flush with the recording, and its network says anything. */
const drawnSegments = fc.array(
  fc.record({
    verdict: fc.constantFrom<Segment['verdict']>('Normal', 'Normal', 'Normal', 'Abnormal'),
    refer: fc.boolean(),
  }),
  { minLength: 23, maxLength: 23 },
);

it('never contradicts a finding, whatever a network says', () => {
  const touched: Partial<Record<FindingKind, number>> = {};
  fc.assert(
    fc.property(drawnBeats, drawnEpisodes, drawnSegments, (beats, episodes, said) => {
      const signal = signalOf(beats, episodes, said);
      const { findings, segments } = findingsOf(signal, DEFAULT_FINDING_THRESHOLDS);
      segments.forEach((segment, i) => {
        const { startS, endS, verdict, refer, probability } = segment;
        expect(probability).toBe(signal.segments[i]!.probability);
        if (signal.segments[i]!.verdict === 'Abnormal') expect(verdict).toBe('Abnormal');
        for (const { kind, startS: from, endS: to } of findings) {
          const isMoment = from === to && from >= startS && from < endS;
          const sharedS = Math.min(endS, to) - Math.max(startS, from);
          if (!isMoment && sharedS <= 0) continue;
          const at = `${verdict} ${startS} in ${kind} ${from} to ${to}`;
          if (ABNORMAL.has(kind)) expect(verdict, at).toBe('Abnormal');
          if (kind === 'af' && sharedS >= 5) expect(verdict, at).toBe('Abnormal');
          if (IRREGULAR.has(kind)) expect(verdict === 'Abnormal' || refer, at).toBe(true);
          touched[kind] = (touched[kind] ?? 0) + 1;
        }
      });
    }),
    { numRuns: 60 },
  );
  for (const kind of [...ABNORMAL, ...IRREGULAR])
    expect(touched[kind] ?? 0, kind).toBeGreaterThan(10);
});

it('leaves a segment alone that touches none', () => {
  const calm = Array.from({ length: 140 }, () => ({ rrS: 0.85, form: 'N' }));
  const said = Array.from({ length: 23 }, () => ({ verdict: 'Normal' as const, refer: false }));
  const signal = signalOf(calm, [{ startS: 0, lengthS: 41, rhythm: '(AFIB' }], said);
  const { segments } = findingsOf(signal, DEFAULT_FINDING_THRESHOLDS);
  expect(segments.map(({ verdict, refer }) => `${verdict} ${refer}`)).toEqual([
    ...Array<string>(8).fill('Abnormal false'),
    'Normal true',
    ...Array<string>(14).fill('Normal false'),
  ]);
});

interface DrawnEpisode {
  readonly startS: number;
  readonly lengthS: number;
  readonly rhythm: string;
}

function signalOf(
  drawn: readonly { readonly rrS: number; readonly form: string }[],
  drawnRhythms: readonly DrawnEpisode[],
  said: readonly Pick<Segment, 'verdict' | 'refer'>[],
): AnalysedSignal {
  let atS = 0;
  const beats = drawn
    .flatMap(({ rrS, form }) => [...form].map((letter) => ({ letter, at: (atS += rrS) })))
    .filter(({ at }) => at < DURATION_S);
  const episodes = drawnRhythms.map(({ startS, lengthS, rhythm }): RhythmEpisode => ({
    ...{ startS, endS: Math.min(DURATION_S, startS + lengthS), rhythm, probability: 0.9 },
  }));
  return {
    durationS: DURATION_S,
    startClock: null,
    beats: {
      timeS: Float64Array.from(beats, ({ at }) => at),
      beatClass: Uint8Array.from(beats, ({ letter }) =>
        BEAT_CLASSES.findIndex((own) => own === letter),
      ),
    },
    episodes,
    segments: said.map((own, index) => ({
      ...{ index, startS: 5 * index, endS: 5 * index + 10, probability: 0.2, reason: null },
      ...own,
    })),
    quality: null,
    findsBeats: true,
    leads: [],
  };
}
