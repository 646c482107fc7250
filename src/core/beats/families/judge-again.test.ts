import { expect, it } from 'vitest';
import { seededRandom } from '../../base/seeded-random';
import { emptyShapes } from './beat-shapes';
import { judgeAgain } from './judge-again';

const [N, S, V] = [0, 1, 2];

/** A beat: how large its P wave is, and when it comes after the one before. */
interface Drawn {
  readonly p?: number;
  readonly rrS?: number;
  readonly hand?: boolean;
  /** Index of the family, and of the program's form. */
  readonly family: number;
  readonly form: number;
}
interface DrawnFamily {
  readonly beatClass: number;
  readonly alone?: boolean;
}

function judge(
  families: readonly DrawnFamily[],
  formClass: readonly number[],
  beats: readonly Drawn[],
  alike: (family: number) => { other: number; likeness: number }[] = () => [],
) {
  const random = seededRandom(3);
  const shapes = emptyShapes(beats.length, 1);
  shapes.stepMv.fill(0.01);
  let atS = 0;
  const timeS = Float64Array.from(beats, ({ p = 20, rrS = 0.8 }, beat) => {
    for (let k = 0; k < shapes.samples; k++) {
      const qrs = 100 * Math.exp(-(((k - 38) / 3) ** 2));
      const wave = p * Math.exp(-(((k - 18) / 5) ** 2));
      shapes.steps[beat * shapes.samples + k] = Math.round(qrs + wave + 4 * random());
    }
    return (atS += rrS + 0.02 * random());
  });
  const members = families.map((_, k) =>
    [...beats.keys()].filter((beat) => beats[beat]!.family === k),
  );
  return judgeAgain({
    ...{ shapes, timeS, alike, confidence: new Float32Array(beats.length).fill(0.9) },
    form: Uint16Array.from(beats, ({ form }) => form),
    formClass: Uint8Array.from(formClass),
    programBeat: Int32Array.from(beats.keys()),
    follows: new Uint8Array(beats.length).fill(1, 1),
    handAt: Uint32Array.from(beats, ({ hand }) => (hand ? 1 : 0)),
    families: families.map(({ beatClass, alone = false }, k) => ({
      ...{ beatClass, alone },
      members: members[k]!,
    })),
  });
}

/** Beats on time, among which each tenth comes early and without a P wave; the first few of them a reader took out. */
function withEarly(taken: number, early: Partial<Drawn> = { p: 0, rrS: 0.5 }): Drawn[] {
  let out = 0;
  return Array.from({ length: 300 }, (_, i): Drawn => {
    if (i % 10 !== 5) return { family: 0, form: 0 };
    return out++ < taken
      ? { ...early, family: 1, form: 0, hand: true }
      : { ...early, family: 0, form: 0 };
  });
}
const PARTED: readonly DrawnFamily[] = [{ beatClass: N! }, { beatClass: S! }];

it('finds the beats of a form that are like the few that a reader took out of it', () => {
  const beats = withEarly(3);
  const [proposal, none] = judge(PARTED, [N!], beats);
  const early = [...beats.keys()].filter((i) => i % 10 === 5 && !beats[i]!.hand);
  expect(proposal).toMatchObject({ of: 1, beatClass: S, beats: early });
  expect(proposal!.likeness).toBeGreaterThan(0.9);
  expect(none).toBeNull();
});

it('says nothing by two examples, nor by examples that have nothing in common', () => {
  expect(judge(PARTED, [N!], withEarly(2))).toEqual([null, null]);
  const odd = [{ p: 90 }, { rrS: 1.6 }, { p: 20, rrS: 0.5 }];
  let next = 0;
  const beats = withEarly(3, {}).map((beat) => (beat.hand ? { ...beat, ...odd[next++]! } : beat));
  expect(judge(PARTED, [N!], beats)[0]).toBeNull();
});

const run = (family: number, form: number, hand = false): Drawn[] =>
  Array.from({ length: 12 }, () => ({ family, form, hand }));
const like = (likeness: number) => (family: number) => [{ other: 1 - family, likeness }];

it('says of a form what the reader said of one like it that the program took for the same', () => {
  const beats = [...run(0, 0, true), ...run(1, 1)];
  const families = [{ beatClass: N! }, { beatClass: V! }];
  expect(judge(families, [V!, V!], beats, like(0.84))[1]).toMatchObject({
    ...{ of: 0, beatClass: N, likeness: 0.84, beats: [...Array(12).keys()].map((i) => i + 12) },
  });
  expect(judge(families, [V!, V!], beats, like(0.7))[1]).toBeNull();
  // The program took that one for something else, and was right: nothing follows for this one.
  expect(judge(families, [N!, V!], beats, like(0.84))[1]).toBeNull();
  const settled = [...run(0, 0, true), ...run(1, 1, true)];
  expect(judge(families, [V!, V!], settled, like(0.84))[1]).toBeNull();
});
