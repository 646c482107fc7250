import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { emptyShapes } from './beat-shapes';
import { familiesOf } from './families-of';
import type { FamiliesInput } from './families-input';
import { findForms } from './find-forms';
import { groupBeats } from './group-beats';
import { createFamiliesOf } from './kept-groups';
import { mediansAround, rhythmsOf } from './like-examples';

const BEATS = 120;
const shapes = emptyShapes(BEATS, 1);
shapes.stepMv.fill(0.01);
for (let beat = 0; beat < BEATS; beat++) {
  const width = beat % 4 === 3 ? 9 : 3;
  for (let k = 0; k < shapes.samples; k++)
    shapes.steps[beat * shapes.samples + k] = Math.round(
      100 * Math.exp(-(((k - 38) / width) ** 2)) + ((7 * beat + 3 * k) % 5),
    );
}
const found = Uint8Array.from({ length: BEATS }, (_, i) => (i % 4 === 3 ? 2 : 0));
const timeS = Float64Array.from(found, (code, i) => 1 + 0.8 * i - (code === 2 ? 0.2 : 0));
const program = { timeS, forms: findForms(shapes, found)! };

/** What a reader does with a stretch of beats. */
const act = fc.record({
  kind: fc.constantFrom('see', 'see', 'see', 'class', 'form', 'undo'),
  first: fc.nat(BEATS - 1),
  count: fc.integer({ min: 1, max: 60 }),
  step: fc.integer({ min: 1, max: 4 }),
  beatClass: fc.nat(3),
});

it('gives the families that there are after any acts, and groups no beats anew where some were only seen', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 8 }), (acts) => {
      const group = vi.fn(groupBeats);
      const again = createFamiliesOf(group);
      const first: FamiliesInput = {
        program,
        beats: {
          timeS,
          beatClass: found,
          follows: new Uint8Array(BEATS).fill(1, 1),
          handAt: new Uint32Array(BEATS),
        },
        acts: [],
      };
      const before = [first];
      const expectSame = (input: FamiliesInput): void =>
        expect(isDeepStrictEqual(again('a', input), familiesOf(input))).toBe(true);
      expectSame(first);
      acts.forEach(({ kind, first: from, count, step, beatClass }, i) => {
        const now = before.at(-1)!;
        const isIn = (_: number, at: number): boolean =>
          at >= from && at < from + count && (at - from) % step === 0;
        const grouped = group.mock.calls.length;
        if (kind === 'undo') {
          if (before.length > 1) before.pop();
        } else {
          const handAt = now.beats.handAt!.map((own, at) => (isIn(own, at) ? i + 1 : own));
          const codes = now.beats.beatClass.map((own, at) =>
            kind === 'class' && isIn(own, at) ? beatClass : own,
          );
          const timesS = [...timeS].filter(isIn);
          before.push({
            program,
            beats: { ...now.beats, handAt, beatClass: codes },
            acts: kind === 'form' ? [...now.acts, { timesS, form: `part-${i}` }] : now.acts,
          });
        }
        expectSame(before.at(-1)!);
        if (kind === 'see') expect(group.mock.calls.length).toBe(grouped);
      });
    }),
    { numRuns: 40 },
  );
});

it('groups the beats of another recording anew', () => {
  const group = vi.fn(groupBeats);
  const again = createFamiliesOf(group);
  const beats = { timeS, beatClass: found, follows: new Uint8Array(BEATS) };
  again('a', { program, beats, acts: [] });
  again('b', { program, beats, acts: [] });
  expect(group).toHaveBeenCalledTimes(2);
});

it('finds the median around each value as a sort does', () => {
  const value = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(NaN));
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 40 }),
      fc.integer({ min: 1, max: 12 }),
      (list, near) => {
        const values = Float64Array.from(list);
        const sorted = Array.from(values, (_, i) => {
          const around = values.slice(Math.max(0, i - near), i + near + 1).filter((own) => own > 0);
          return around.sort()[around.length >> 1] ?? 0;
        });
        expect([...mediansAround(values, near)]).toEqual(sorted);
      },
    ),
  );
});

it('asks for rhythms of a recording only where a class was changed', () => {
  const rhythms = vi.fn(() => rhythmsOf({ timeS, follows: new Uint8Array(BEATS).fill(1, 1) }));
  const again = createFamiliesOf((input) => ({ ...groupBeats(input), rhythms }));
  const beats = { timeS, beatClass: found, follows: new Uint8Array(BEATS).fill(1, 1) };
  const handAt = new Uint32Array(BEATS).fill(1, 0, 60);
  again('a', { program, beats: { ...beats, handAt }, acts: [] });
  expect(rhythms).not.toHaveBeenCalled();
  const taken = Uint32Array.from(found, (code, i) => (code === 0 && i % 12 === 0 ? 2 : 0));
  const beatClass = found.map((own, i) => (taken[i]! > 0 ? 1 : own));
  again('a', { program, beats: { ...beats, beatClass, handAt: taken }, acts: [] });
  expect(rhythms).toHaveBeenCalled();
});
