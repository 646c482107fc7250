import { expect, it } from 'vitest';
import { MISSING_UV } from '../../../shared/domain';
import { seededRandom } from '../../base/seeded-random';
import { emptyShapes, type BeatShapes } from './beat-shapes';
import { familiesOf } from './families-of';
import { findForms, type ProgramForms } from './find-forms';

const [N, , V] = [0, 1, 2];

/** A QRS complex by its width in samples at 128 Hz and the sign of each lead, with noise. */
interface Drawn {
  readonly width: number;
  readonly signs: readonly number[];
}
const NARROW: Drawn = { width: 3, signs: [1, -0.5] };
const WIDE: Drawn = { width: 9, signs: [-1, 1] };
const OTHER: Drawn = { width: 7, signs: [1, 1] };

function shapesOf(drawn: readonly Drawn[], noise = 4, off: (beat: number) => number = () => -1) {
  const random = seededRandom(7);
  const shapes = emptyShapes(drawn.length, 2);
  drawn.forEach(({ width, signs }, beat) => {
    signs.forEach((sign, lead) => {
      if (off(beat) === lead) return;
      shapes.stepMv[beat * 2 + lead] = 0.01;
      for (let k = 0; k < shapes.samples; k++) {
        const value = 100 * sign * Math.exp(-(((k - 38) / width) ** 2));
        shapes.steps[(beat * 2 + lead) * shapes.samples + k] = Math.round(value + noise * random());
      }
    });
  });
  return shapes;
}

const kinds = (count: number): Drawn[] =>
  Array.from({ length: count }, (_, i) => (i % 5 === 3 ? WIDE : i % 11 === 4 ? OTHER : NARROW));
const classes = (drawn: readonly Drawn[]): Uint8Array =>
  Uint8Array.from(drawn, (one) => (one === NARROW ? N : V)!);

function forms(shapes: BeatShapes, beatClass: Uint8Array): ProgramForms {
  return findForms(shapes, beatClass)!;
}

it('parts beats of one class by form, the largest first, and the same beats the same way', () => {
  const drawn = kinds(220);
  const found = forms(shapesOf(drawn), classes(drawn));
  const ofV = drawn.flatMap((one, i) => (one === NARROW ? [] : [[one, found.form[i]!] as const]));
  const wide = new Set(ofV.filter(([one]) => one === WIDE).map(([, form]) => form));
  const other = new Set(ofV.filter(([one]) => one === OTHER).map(([, form]) => form));
  expect([wide.size, other.size]).toEqual([1, 1]);
  expect([...wide][0]).toBeLessThan([...other][0]!);
  expect(found.formClass[[...wide][0]!]).toBe(V);
  expect(Math.min(...found.likeness)).toBeGreaterThan(0.9);
  expect(forms(shapesOf(drawn), classes(drawn))).toEqual(found);
});

it('compares a beat in the lead that is there when the other is off', () => {
  const drawn = kinds(220);
  const found = forms(
    shapesOf(drawn, 4, (beat) => (beat % 7 === 0 ? 1 : -1)),
    classes(drawn),
  );
  const narrow = new Set(found.form.filter((_, beat) => drawn[beat] === NARROW));
  expect(narrow.size).toBe(1);
});

it('leaves what is unlike any other alone, and what is not seen at all', () => {
  const drawn = [...Array.from({ length: 30 }, () => NARROW), WIDE, OTHER];
  const shapes = shapesOf(drawn, 4);
  shapes.stepMv.fill(0, 10, 12);
  const found = forms(shapes, new Uint8Array(32));
  const alone = [...found.form.keys()].filter((beat) => found.alone[found.form[beat]!] === 1);
  expect(alone).toEqual([5, 30, 31]);
});

it('stops where nobody wants the answer any more', () => {
  const drawn = kinds(220);
  expect(findForms(shapesOf(drawn), classes(drawn), () => true)).toBeNull();
});

const drawn = kinds(220);
const timeS = Float64Array.from(drawn, (_, i) => 1 + 0.8 * i);
const program = { timeS, forms: forms(shapesOf(drawn), classes(drawn)) };
const follows = Uint8Array.from(drawn, (_, i) => (i > 0 ? 1 : 0));
const asFound = { timeS, beatClass: classes(drawn), follows };

it('says of each family its size, share, times, interval, mean and what is like it', () => {
  const { families, members, meansUv, shapesEnd, usualRrMs } = familiesOf({
    program,
    beats: asFound,
    acts: [],
  });
  expect(families.map(({ name }) => name)).toEqual(['N a', 'V a', 'V b']);
  expect(families.reduce((sum, { beats }) => sum + beats, 0)).toBe(220);
  families.forEach((family, k) => {
    const own = [...members.family.keys()].filter((beat) => members.family[beat] === k);
    expect(own).toHaveLength(family.beats);
    expect(family.share).toBeCloseTo(own.length / 220);
    expect([family.firstS, family.lastS]).toEqual([timeS[own[0]!], timeS[own.at(-1)!]]);
    expect(family.rrBeforeMs).toBeCloseTo(800);
    expect(family.alike.map(({ id }) => id)).not.toContain(family.id);
  });
  expect(usualRrMs).toBeCloseTo(800);
  expect(meansUv.length).toBe(3 * 2 * 96);
  expect(meansUv[38]).toBeGreaterThan(800);
  expect(meansUv.includes(MISSING_UV)).toBe(false);
  expect([...shapesEnd]).toEqual([60, 60 + families[1]!.beats, 60 + 44 + families[2]!.beats]);
});

it('moves a family that is relabelled into its new class and renames no other', () => {
  const beatClass = asFound.beatClass.map((own, i) => (drawn[i] === WIDE ? N! : own));
  const handAt = Uint32Array.from(drawn, (one) => (one === WIDE ? 3 : 0));
  const { families } = familiesOf({ program, beats: { ...asFound, beatClass, handAt }, acts: [] });
  expect(families.map(({ name, seen }) => [name, seen])).toEqual([
    ['N a', 0],
    ['N b', 44],
    ['V b', 0],
  ]);
});

it('parts beats from their form and brings forms together, whatever the program says', () => {
  const wide = [...timeS].filter((_, i) => drawn[i] === WIDE);
  const split = { timesS: wide.slice(0, 2), form: 'by hand' };
  const parted = familiesOf({ program, beats: asFound, acts: [split] });
  expect(parted.families.map(({ name, beats }) => [name, beats])).toEqual([
    ['N a', program.forms.form.filter((form) => form === 0).length],
    ['V a', 42],
    ['V b', parted.families[2]!.beats],
    ['V c', 2],
  ]);
  expect(parted.members.likeness[3]).toBeGreaterThan(0.9);
  const merge = {
    timesS: [...timeS].filter((_, i) => drawn[i] !== NARROW),
    form: 'together',
  };
  const { families } = familiesOf({ program, beats: asFound, acts: [split, merge] });
  expect(families.map(({ id }) => id)).toEqual(['0/N', 'together/V']);
});

it('keeps beats that were added, and leaves out those that do not count', () => {
  const beats = {
    timeS: Float64Array.of(1, 1.4, ...timeS.subarray(2)),
    beatClass: Uint8Array.of(N!, V!, ...asFound.beatClass.subarray(2)),
    follows,
    handAt: Uint32Array.from(timeS, (_, i) => (i === 1 ? 1 : 0)),
  };
  const { families, members } = familiesOf({ program, beats, acts: [] });
  const alone = families.find((family) => family.alone);
  expect(alone).toMatchObject({ name: 'V alone', beats: 1, seen: 1, firstS: 1.4, alike: [] });
  expect(members.timeS.length).toBe(220);
});
