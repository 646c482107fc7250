import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import {
  BEAT_CLASSES,
  DEFAULT_FINDING_THRESHOLDS,
  editBeats,
  type BeatColumns,
  type PlacedEdit,
  type ReviewEdit,
  type Segment,
} from '../../shared/domain';
import type { AnalysedSignal } from './analysed-signal';
import { findingsAfter, findingsBasis, findingsFrom, type FindingsBasis } from './findings';
import { foundAfter } from './found-after';
import { foundByClass } from './found-in-beats';
import type { PlacedDecision } from './rejections';

const DURATION_S = 90;
const thresholds = DEFAULT_FINDING_THRESHOLDS;

const drawn = fc.array(
  fc.record({
    rrS: fc.oneof(fc.integer({ min: 60, max: 230 }), fc.integer({ min: 60, max: 900 })),
    code: fc.constantFrom(0, 0, 0, 1, 2, 2, 3),
  }),
  { minLength: 5, maxLength: 90 },
);

function signalOf(beats: readonly { rrS: number; code: number }[]): AnalysedSignal {
  let atS = 0;
  const timeS = Float64Array.from(beats, ({ rrS }) => (atS += rrS / 256));
  const count = beats.length;
  const columns: BeatColumns = {
    timeS,
    beatClass: Uint8Array.from(beats, ({ code }) => code),
    confidence: new Float32Array(count).fill(0.8),
    attention: new Float32Array(count),
  };
  const segments = Array.from({ length: DURATION_S / 5 - 1 }, (_, index): Segment => {
    const verdict = index % 7 === 6 ? 'Unreadable' : index % 3 === 0 ? 'Abnormal' : 'Normal';
    return {
      ...{ index, startS: 5 * index, endS: 5 * index + 10, verdict },
      ...{ probability: index % 3 === 0 ? 0.9 : 0.2, refer: index % 5 === 1, reason: null },
    };
  });
  return {
    ...{ durationS: DURATION_S, startClock: null, beats: columns, segments, quality: null },
    ...{ episodes: [{ startS: 20, endS: 60, rhythm: '(AFIB', probability: 0.9 }], leads: [] },
    findsBeats: true,
  } as AnalysedSignal;
}

/** An act on the beats from a place on, or on one of the findings; an undo takes the last one back. */
const act = fc.record({
  kind: fc.constantFrom(
    'see',
    'see',
    'class',
    'class',
    'delete',
    'add',
    'confirm',
    'reject',
    'undo',
  ),
  place: fc.nat(1000),
  count: fc.integer({ min: 1, max: 30 }),
  beatClass: fc.constantFrom(...BEAT_CLASSES),
});

interface Acts {
  readonly edits: readonly PlacedEdit[];
  readonly decisions: readonly PlacedDecision[];
}

it('finds after any acts what finding all of it anew finds', () => {
  let others = 0;
  fc.assert(
    fc.property(drawn, fc.array(act, { maxLength: 10 }), (beats, acts) => {
      const signal = signalOf(beats);
      const program = signal.beats as BeatColumns;
      const readingOf = ({ edits, decisions }: Acts) => {
        const { beats: left, handAt } = editBeats(program, edits);
        return { beats: { ...left, handAt }, decisions };
      };
      const history: Acts[] = [{ edits: [], decisions: [] }];
      let basis: FindingsBasis = findingsBasis(signal, thresholds, readingOf(history[0]!));
      acts.forEach(({ kind, place, count, beatClass }, i) => {
        const now = history.at(-1)!;
        const sequence = i + 1;
        const { timeS } = readingOf(now).beats;
        const from = place % Math.max(1, timeS.length);
        const timesS = [...timeS.slice(from, from + count)];
        const make = (edit: ReviewEdit): void =>
          void history.push({ ...now, edits: [...now.edits, { edit, sequence }] });
        if (kind === 'undo') history.splice(Math.max(1, history.length - 1), 1);
        else if (kind === 'add') make({ kind: 'add-beat', timeS: place / 12, beatClass });
        else if (kind === 'confirm' || kind === 'reject') {
          const { findings } = findingsFrom(basis, now.decisions);
          const one = findings[place % Math.max(1, findings.length)];
          if (!one) return;
          const state = kind === 'reject' ? 'rejected' : 'confirmed';
          const { id, startS, endS } = one;
          const by = { note: '', rejectedAs: null, reader: 'A', atMs: sequence, sequence };
          const decision: PlacedDecision = { id, kind: one.kind, startS, endS, state, ...by };
          const others = now.decisions.filter((other) => other.id !== id);
          history.push({ ...now, decisions: [...others, decision] });
        } else if (timesS.length === 0) return;
        else if (kind === 'see') make({ kind: 'see-beats', timesS, family: '' });
        else if (kind === 'class') make({ kind: 'relabel-beats', timesS, beatClass, family: '' });
        else make({ kind: 'delete-beats', timesS, family: '' });
        const reading = readingOf(history.at(-1)!);
        const whole = findingsBasis(signal, thresholds, reading);
        if (whole.beats.timeS.length !== basis.beats.timeS.length) others++;
        basis = findingsAfter(basis, signal, reading);
        expect(basis).toEqual(whole);
        const said = (of: FindingsBasis) =>
          findingsFrom(of, reading.decisions, (atMs) => ({ reader: 'A', atMs }));
        expect(said(basis)).toEqual(said(whole));
      });
    }),
    { numRuns: 80 },
  );
  expect(others).toBeGreaterThan(20);
});

const steady = signalOf(
  Array.from({ length: 80 }, (_, i) => ({ rrS: 240, code: i % 9 === 4 ? 2 : 0 })),
);
const program = steady.beats as BeatColumns;
const untouched = { ...program, handAt: new Uint32Array(80) };
const before = findingsBasis(steady, thresholds, { beats: untouched, decisions: [] });

it('looks at no class where beats were only seen, and says the same of what was not touched', () => {
  const find = vi.fn(foundByClass);
  const edit: ReviewEdit = { kind: 'see-beats', timesS: [program.timeS[4]!], family: '' };
  const { beats, handAt } = editBeats(program, [{ edit, sequence: 1 }]);
  const reading = { beats: { ...beats, handAt }, decisions: [] };
  const after = foundAfter(before, steady, reading, find);
  expect(find).not.toHaveBeenCalled();
  const changed = after.found.filter((one) => !before.found.includes(one));
  expect(changed.map(({ kind, seenAt }) => [kind, seenAt])).toEqual([['ventricular-beat', 1]]);
  // Findings are made anew of what changed alone.
  const actOf = () => ({ reader: 'A', atMs: 1 });
  const said = findingsFrom(before, [], actOf).findings;
  const saidAfter = findingsFrom({ ...before, ...after }, [], actOf).findings;
  expect(saidAfter.filter((one) => !said.includes(one))).toHaveLength(1);
});

it('says the same of what lies elsewhere where beats were given another class', () => {
  const edit: ReviewEdit = { kind: 'reclass-beat', timeS: program.timeS[22]!, beatClass: 'N' };
  const { beats, handAt } = editBeats(program, [{ edit, sequence: 1 }]);
  const after = findingsAfter(before, steady, { beats: { ...beats, handAt }, decisions: [] });
  const ectopicIn = ({ found }: Pick<FindingsBasis, 'found'>) =>
    found.filter(({ kind }) => kind === 'ventricular-beat');
  const ectopic = ectopicIn(after);
  expect(ectopic).toHaveLength(ectopicIn(before).length - 1);
  expect(ectopic.filter((one) => !before.found.includes(one))).toEqual([]);
});

it.each([
  ['deleted', { kind: 'delete-beats', timesS: [program.timeS[40]!], family: '' }],
  ['added', { kind: 'add-beat', timeS: program.timeS[40]! + 0.4, beatClass: 'V' }],
] as const)('goes on where a beat was %s: the rest is what it was', (_, edit) => {
  const { beats, handAt } = editBeats(program, [{ edit: edit as ReviewEdit, sequence: 1 }]);
  const after = findingsAfter(before, steady, { beats: { ...beats, handAt }, decisions: [] });
  expect(after.program).toBe(before.program);
  const farFrom = (of: FindingsBasis) =>
    of.found.filter(({ endS }) => endS < program.timeS[30]! || endS > program.timeS[50]!);
  const far = farFrom(after).filter(({ kind }) => kind === 'ventricular-beat');
  expect(far.length).toBeGreaterThan(4);
  expect(far.filter((one) => !before.found.includes(one))).toEqual([]);
});
