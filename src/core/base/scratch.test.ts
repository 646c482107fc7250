import { expect, it } from 'vitest';
import { borrowScratch, createScratch, giveBackScratch } from './scratch';

it('gives the same memory again once it is released, and zeros where they are asked for', () => {
  const scratch = createScratch();
  const first = scratch.take(8).fill(3);
  const second = scratch.take(8);
  expect(second.buffer).not.toBe(first.buffer);
  scratch.release();
  const again = scratch.zeros(5);
  expect(again.buffer).toBe(first.buffer);
  expect([...again]).toEqual([0, 0, 0, 0, 0]);
  scratch.release();
  expect(scratch.take(20)).toHaveLength(20);
});

it('goes back to what was taken, and no further', () => {
  const scratch = createScratch();
  const held = scratch.take(4).fill(1);
  const taken = scratch.taken();
  const passing = scratch.take(4).fill(2);
  scratch.release(taken);
  expect(scratch.take(4)).toBe(passing);
  expect([...held]).toEqual([1, 1, 1, 1]);
});

it('lends the same again once it is given back, and another while it is lent', () => {
  const first = borrowScratch('one');
  const memory = first.take(8);
  const second = borrowScratch('one');
  expect(second.take(8).buffer).not.toBe(memory.buffer);
  giveBackScratch('one', first);
  const other = borrowScratch('another');
  expect(other.take(8).buffer).not.toBe(memory.buffer);
  expect(borrowScratch('one').take(8)).toBe(memory);
});
