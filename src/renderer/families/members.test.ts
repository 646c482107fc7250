import { expect, it } from 'vitest';
import { byValue, membersByFamily } from './members';

it('gives the beats of every family in time order, also of one that has none', () => {
  const of = membersByFamily(Uint16Array.of(2, 0, 2, 0, 3), 4);
  expect([0, 1, 2, 3].map((at) => [...of(at)])).toEqual([[1, 3], [], [0, 2], [4]]);
});

it('gives views of one array that is made once, however many families are asked for', () => {
  const of = membersByFamily(Uint16Array.of(0, 1, 0, 1), 2);
  expect(of(1).buffer).toBe(of(0).buffer);
});

it('orders beats by a value, below and above nothing, and equal ones as they come', () => {
  const value = Float32Array.of(0.5, -0.25, 0.5, 0, -1, 0.999, 1, -0);
  const beats = Uint32Array.of(0, 1, 2, 3, 4, 5, 6);
  expect([...byValue(beats, value)]).toEqual([4, 1, 3, 0, 2, 5, 6]);
  const many = Float32Array.from({ length: 5000 }, (_, i) => Math.sin(i * 12.9898));
  const places = Uint32Array.from(many, (_, i) => i);
  const compared = [...places].sort((a, b) => many[a]! - many[b]! || a - b);
  expect([...byValue(places, many)]).toEqual(compared);
});
