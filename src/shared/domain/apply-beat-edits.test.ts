import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BEAT_CLASSES, type BeatColumns, type ReviewEdit } from '../../shared/domain';
import { createBeatEdits, editBeats, editedAgain, type PlacedEdit } from './apply-beat-edits';

const beats: BeatColumns = {
  timeS: Float64Array.of(1, 2, 3),
  beatClass: Uint8Array.of(0, 2, 0),
  confidence: Float32Array.of(0.5, 0.5, 0.5),
  attention: Float32Array.of(0.25, 0.5, 0.25),
};
const afterEdits = (columns: BeatColumns, edits: readonly ReviewEdit[]) =>
  editBeats(
    columns,
    edits.map((one, i) => ({ edit: one, sequence: i + 1 })),
  ).beats;
const classes = (columns: BeatColumns) =>
  Array.from(columns.beatClass, (code) => BEAT_CLASSES[code]);

test('without edits the very same columns come back', () => {
  expect(afterEdits(beats, [])).toBe(beats);
});

test('reclass, add, move and delete, in order', () => {
  const edited = afterEdits(beats, [
    { kind: 'reclass-beat', timeS: 2.01, beatClass: 'S' },
    { kind: 'add-beat', timeS: 2.5, beatClass: 'V' },
    { kind: 'move-beat', timeS: 3, toTimeS: 2.9 },
    { kind: 'delete-beat', timeS: 1 },
  ]);
  expect([...edited.timeS]).toEqual([2, 2.5, 2.9]);
  expect(classes(edited)).toEqual(['S', 'V', 'N']);
  expect(edited.confidence[0]).toBe(1);
  expect(edited.attention[0]).toBe(0.5);
  expect([...beats.timeS]).toEqual([1, 2, 3]);
});

test('an edit whose beat is gone changes nothing', () => {
  const edited = afterEdits(beats, [{ kind: 'delete-beat', timeS: 2.2 }]);
  expect([...edited.timeS]).toEqual([1, 2, 3]);
});

/** The same rules with nothing but a list, as slow as it may be. */
function slowly(from: BeatColumns, edits: readonly ReviewEdit[]): [number, number][] {
  const list = Array.from(from.timeS, (timeS, i) => ({ timeS, beatClass: from.beatClass[i]! }));
  const nearest = (timeS: number) => {
    const near = list.filter((beat) => Math.abs(beat.timeS - timeS) <= 0.075);
    near.sort((a, b) => Math.abs(a.timeS - timeS) - Math.abs(b.timeS - timeS));
    return near[0];
  };
  const drop = (timeS: number): void => {
    const beat = nearest(timeS);
    if (beat) list.splice(list.indexOf(beat), 1);
  };
  const code = (letter: (typeof BEAT_CLASSES)[number]): number => BEAT_CLASSES.indexOf(letter);
  for (const edit of edits) {
    if (edit.kind === 'add-beat') list.push({ timeS: edit.timeS, beatClass: code(edit.beatClass) });
    if (edit.kind === 'delete-beat') drop(edit.timeS);
    if (edit.kind === 'delete-beats') edit.timesS.forEach(drop);
    if (edit.kind === 'reclass-beat')
      Object.assign(nearest(edit.timeS) ?? {}, { beatClass: code(edit.beatClass) });
    if (edit.kind === 'relabel-beats')
      for (const timeS of edit.timesS)
        Object.assign(nearest(timeS) ?? {}, { beatClass: code(edit.beatClass) });
    if (edit.kind === 'move-beat')
      Object.assign(nearest(edit.timeS) ?? {}, { timeS: edit.toTimeS });
  }
  return list
    .sort((a, b) => a.timeS - b.timeS)
    .map((beat): [number, number] => [beat.timeS, beat.beatClass]);
}

test('any sequence of edits leaves what it leaves one by one', () => {
  // Scattered, so that no two beats are equally near to a time.
  const timeS = fc.integer({ min: 0, max: 100_000 }).map((n) => 2 * ((n * 0.6180339887) % 1));
  const beatClass = fc.constantFrom(...BEAT_CLASSES);
  const timesS = fc.array(timeS, { minLength: 1, maxLength: 6 });
  const edit: fc.Arbitrary<ReviewEdit> = fc.oneof(
    fc.record({ kind: fc.constant('add-beat' as const), timeS, beatClass }),
    fc.record({ kind: fc.constant('reclass-beat' as const), timeS, beatClass }),
    fc.record({ kind: fc.constant('delete-beat' as const), timeS }),
    fc.record({ kind: fc.constant('move-beat' as const), timeS, toTimeS: timeS }),
    fc.record({
      kind: fc.constant('relabel-beats' as const),
      timesS,
      beatClass,
      family: fc.constant('V a'),
    }),
    fc.record({ kind: fc.constant('delete-beats' as const), timesS, family: fc.constant('V a') }),
  );
  const start = fc.uniqueArray(fc.integer({ min: 0, max: 1900 }), { maxLength: 8 });
  fc.assert(
    fc.property(start, fc.array(edit, { maxLength: 12 }), (times, edits) => {
      const placed = edits.flatMap((one) =>
        one.kind === 'add-beat' ? [one.timeS] : one.kind === 'move-beat' ? [one.toTimeS] : [],
      );
      fc.pre(new Set(placed).size === placed.length);
      const sorted = Float64Array.from(times, (ms) => ms / 1000 + 0.0001).sort();
      const columns: BeatColumns = {
        timeS: sorted,
        beatClass: new Uint8Array(sorted.length),
        confidence: new Float32Array(sorted.length).fill(0.5),
        attention: new Float32Array(sorted.length),
      };
      const edited = afterEdits(columns, edits);
      expect(Array.from(edited.timeS, (at, i) => [at, edited.beatClass[i]])).toEqual(
        slowly(columns, edits),
      );
      expect(edited.timeS).toEqual(edited.timeS.toSorted());
    }),
    { numRuns: 300 },
  );
});

test('says which beats were set by hand, and when', () => {
  const { handAt } = editBeats(beats, [
    { sequence: 4, edit: { kind: 'relabel-beats', timesS: [2, 3], beatClass: 'V', family: 'V a' } },
    { sequence: 7, edit: { kind: 'move-beat', timeS: 3, toTimeS: 2.9 } },
  ]);
  expect([...handAt]).toEqual([0, 4, 7]);
});

test('a day of beats relabelled one by one takes no more than a moment', () => {
  const count = 100_000;
  const day: BeatColumns = {
    timeS: Float64Array.from({ length: count }, (_, i) => 0.8 * i),
    beatClass: new Uint8Array(count),
    confidence: new Float32Array(count),
    attention: new Float32Array(count),
  };
  const edits = Array.from(day.timeS, (timeS): ReviewEdit => ({
    kind: 'reclass-beat',
    timeS,
    beatClass: 'V',
  }));
  const startMs = performance.now();
  expect(afterEdits(day, edits).beatClass.every((code) => code === 2)).toBe(true);
  // Each by a search through all would take minutes.
  expect(performance.now() - startMs).toBeLessThan(2000);
});

test('beats that were seen keep their class and count as set by hand; one form may have one class', () => {
  const { beats: edited, handAt } = editBeats(beats, [
    { edit: { kind: 'see-beats', timesS: [1, 2], family: 'N a, V a' }, sequence: 4 },
    {
      edit: { kind: 'form-beats', timesS: [2], form: 'x', beatClass: null, family: 'V a' },
      sequence: 5,
    },
    {
      edit: { kind: 'form-beats', timesS: [3], form: 'y', beatClass: 'S', family: 'N a' },
      sequence: 6,
    },
  ]);
  expect(classes(edited)).toEqual(['N', 'V', 'S']);
  expect([...handAt]).toEqual([4, 4, 6]);
});

/** Beats close enough that edits between them are about one or the other. */
const dense: BeatColumns = {
  timeS: Float64Array.from({ length: 40 }, (_, i) => 0.1 * i),
  beatClass: new Uint8Array(40),
  confidence: new Float32Array(40).fill(0.5),
  attention: new Float32Array(40),
};
const placeS = fc.integer({ min: 0, max: 160 }).map((n) => n / 40);
const anyClass = fc.constantFrom(...BEAT_CLASSES);
const anyEdit: fc.Arbitrary<ReviewEdit> = fc.oneof(
  fc.record({ kind: fc.constant('add-beat' as const), timeS: placeS, beatClass: anyClass }),
  fc.record({ kind: fc.constant('delete-beat' as const), timeS: placeS }),
  fc.record({ kind: fc.constant('move-beat' as const), timeS: placeS, toTimeS: placeS }),
  fc.record({
    kind: fc.constant('see-beats' as const),
    timesS: fc.array(placeS, { minLength: 1 }),
    family: fc.constant(''),
  }),
  fc.record({
    kind: fc.constant('relabel-beats' as const),
    timesS: fc.array(fc.constantFrom(...dense.timeS), { minLength: 1 }),
    beatClass: anyClass,
    family: fc.constant(''),
  }),
);

test('edits that come one after the other leave what all of them leave, also where some are taken back', () => {
  const acts = fc.array(fc.oneof({ weight: 4, arbitrary: anyEdit }, fc.constant(null)), {
    maxLength: 14,
  });
  fc.assert(
    fc.property(acts, (list) => {
      const editsOf = createBeatEdits(dense);
      let placed: PlacedEdit[] = [];
      list.forEach((edit, i) => {
        placed = edit ? [...placed, { edit, sequence: i + 1 }] : placed.slice(0, -1);
        expect(editsOf(placed)).toEqual(editBeats(dense, placed));
      });
      expect([...dense.beatClass]).toEqual(Array<number>(40).fill(0));
    }),
  );
});

test('an edit is made once, whatever comes after it', () => {
  const made: number[] = [];
  const editsOf = createBeatEdits(dense, ({ sequence }) => made.push(sequence));
  const see = (sequence: number): PlacedEdit => ({
    edit: { kind: 'see-beats', timesS: [0.1 * sequence], family: '' },
    sequence,
  });
  const first = editsOf([see(1)]);
  editsOf([see(1), see(2)]);
  editsOf([see(1), see(2), see(3)]);
  expect(made).toEqual([1, 2, 3]);
  expect([...first.handAt.slice(0, 4)]).toEqual([0, 1, 0, 0]);
});

test('one more edit, looked at, leaves what making it would, and what it is looked at on as it is', () => {
  const relabel: PlacedEdit = {
    edit: {
      kind: 'relabel-beats',
      timesS: [...dense.timeS.slice(5, 9)],
      beatClass: 'V',
      family: '',
    },
    sequence: 2,
  };
  const seen: PlacedEdit = {
    edit: { kind: 'see-beats', timesS: [...dense.timeS], family: '' },
    sequence: 1,
  };
  const before = editBeats(dense, [seen]);
  expect(editedAgain(before, relabel)).toEqual(editBeats(dense, [seen, relabel]));
  expect(before).toEqual(editBeats(dense, [seen]));
});
