import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changesBetween, withChanges, type Change } from './changes';
import { decode, encode } from './codec';

/** As it arrives: through the codec, or through another process. */
const sent = (change: Change | null): Change | null => decode(encode(change)) as Change | null;
const after = (before: unknown, next: unknown): unknown =>
  withChanges(before, sent(changesBetween(before, next)));

const columns = fc.oneof(
  fc.array(fc.constantFrom(0, 1, 2), { maxLength: 12 }).map((list) => Uint8Array.from(list)),
  fc.array(fc.constantFrom(0, 1.5, NaN), { maxLength: 12 }).map((list) => Float32Array.from(list)),
);
const item = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  state: fc.constantFrom('open', 'confirmed'),
  leads: fc.option(fc.array(fc.nat(2), { maxLength: 2 })),
});
const answers = fc.record(
  {
    findings: fc.array(item, { maxLength: 8 }),
    beats: fc.record({ timeS: columns, beatClass: columns }),
    rows: fc.array(fc.nat(3), { maxLength: 4 }),
    rate: fc.option(fc.record({ bpm: fc.nat(3) })),
    note: fc.constantFrom('', 'x'),
  },
  { requiredKeys: ['findings', 'beats'] },
);

it('makes of what an asker has, and of what changed, what one who asks anew is given', () => {
  fc.assert(
    fc.property(fc.array(answers, { minLength: 1, maxLength: 6 }), (all) => {
      let held: unknown = {};
      for (const next of all) {
        const before = structuredClone(held);
        const folded = after(held, next);
        expect(folded).toEqual(next);
        expect(held).toEqual(before);
        held = folded;
      }
    }),
    { numRuns: 2000 },
  );
});

it('says nothing of what did not change, and shares it with what was there', () => {
  const findings = [
    { id: 'a', state: 'open' },
    { id: 'b', state: 'open' },
  ];
  const before = { findings, hours: [{ beats: 1 }], beats: { timeS: Float64Array.of(1, 2) } };
  expect(changesBetween(before, structuredClone(before))).toBeNull();
  const next = { ...before, findings: [findings[0]!, { id: 'b', state: 'confirmed' }] };
  const folded = after(before, next) as typeof before;
  expect(folded.findings[0]).toBe(findings[0]);
  expect(folded.hours).toBe(before.hours);
  expect(folded.beats).toBe(before.beats);
});

it('costs what changed, not what there is: a class given, a beat put in, a finding that is no more', () => {
  const many = 100_000;
  const before = {
    findings: Array.from({ length: 5000 }, (_, i) => ({ id: `v@${i}`, startS: i, state: 'open' })),
    timeS: Float64Array.from({ length: many }, (_, i) => i),
    beatClass: new Uint8Array(many),
  };
  const bytes = (next: typeof before): number => {
    expect(after(before, next)).toEqual(next);
    return encode(changesBetween(before, next)).byteLength;
  };
  const given = before.beatClass.slice();
  for (const place of [7, 40_000, 99_000]) given[place] = 2;
  expect(bytes({ ...before, beatClass: given })).toBeLessThan(400);
  const timeS = Float64Array.from([
    ...before.timeS.subarray(0, 500),
    499.5,
    ...before.timeS.subarray(500),
  ]);
  expect(bytes({ ...before, timeS, beatClass: new Uint8Array(many + 1) })).toBeLessThan(500);
  const findings = before.findings.filter((_, i) => i % 1000 !== 5);
  expect(bytes({ ...before, findings })).toBeLessThan(400);
});
