import { describe, expect, it } from 'vitest';
import { packAlike, unpackAlike, type Packed } from './alike-columns';

/** As a page of the store carries them. */
const carried = (values: readonly unknown[]): unknown[] =>
  unpackAlike(JSON.parse(JSON.stringify(packAlike(values))) as Packed);

describe('values of few shapes as columns', () => {
  it('come back as JSON keeps them, whatever they are', () => {
    const lists: unknown[][] = [
      [],
      [1, 2.5, 'three', null, true],
      [null, null],
      [[], [1], [2, 3]],
      [[{ a: 1 }], [], [{ a: 2 }, { a: 3 }]],
      [{}, {}],
      [
        { a: 1, b: null },
        { a: 2, b: { c: [1, 2] } },
      ],
      [{ a: 1 }, null, { b: 'x', a: 2 }, { a: 3 }, {}],
      [{ a: 1 }, [2], 3],
      [
        { shapes: [], names: ['a'] },
        { lengths: [1], items: [2] },
      ],
      [[null], [[[]]], [{ a: [{}] }]],
      Array.from({ length: 40 }, (_, i) => ({ [`name${i}`]: i })),
    ];
    for (const values of lists) expect(carried(values)).toEqual(values);
  });

  it('come back of more shapes than the engine is made to learn', () => {
    for (let i = 0; i < 600; i++) {
      const values = [{ [`first${i}`]: i, second: { [`third${i}`]: 'x' } }];
      expect(carried(values)).toEqual(values);
    }
  });

  it('leave out what JSON leaves out', () => {
    expect(
      carried([
        { a: undefined, b: 1 },
        { a: 2, b: 3 },
      ]),
    ).toEqual([{ b: 1 }, { a: 2, b: 3 }]);
  });

  it('keep a name that objects have of themselves', () => {
    const values = [JSON.parse('{"__proto__":1}'), JSON.parse('{"__proto__":{"a":2}}')] as object[];
    const back = carried(values) as object[];
    expect(back.map((value) => JSON.stringify(value))).toEqual(
      values.map((v) => JSON.stringify(v)),
    );
  });

  it('are a part of what their JSON is, where they are many', () => {
    const values = Array.from({ length: 128 }, (_, i) => ({
      identifier: i,
      measured: { value: i },
    }));
    const [packed, plain] = [packAlike(values), values].map((one) => JSON.stringify(one).length);
    expect(packed).toBeLessThan(plain! / 3);
  });
});
