import { expect, test } from 'vitest';
import { untilCurrent } from './until-current';

/** A reading that ends when it is told to. */
function heldReadings() {
  const ends: ((again: boolean) => void)[] = [];
  const load = untilCurrent(() => new Promise<boolean>((end) => ends.push(end)));
  return { load, ends };
}

test('wishes that come while a reading runs are one more reading after it', async () => {
  const { load, ends } = heldReadings();
  const asked = [load(), load(), load()];
  expect(ends.length).toBe(1);
  ends[0]!(false);
  await expect.poll(() => ends.length).toBe(2);
  ends[1]!(false);
  await Promise.all(asked);
  expect(ends.length).toBe(2);
});

test('what changed under a reading is read anew at once; a later wish begins again', async () => {
  const { load, ends } = heldReadings();
  const asked = load();
  ends[0]!(true);
  await expect.poll(() => ends.length).toBe(2);
  ends[1]!(false);
  await asked;
  const later = load();
  expect(ends.length).toBe(3);
  ends[2]!(false);
  await later;
});
