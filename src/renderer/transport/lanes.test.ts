import { expect, it } from 'vitest';
import { createLane, createLanes } from './lanes';

const never = new AbortController().signal;

it('lets as many in as there is room, the others in their order', async () => {
  const lane = createLane(2);
  const order: string[] = [];
  const ask = (name: string, signal = never) =>
    lane.enter(signal).then((entered) => order.push(entered ? name : `not ${name}`));
  const gone = new AbortController();
  void ask('a');
  void ask('b');
  void ask('c');
  void ask('d', gone.signal);
  void ask('e');
  await Promise.resolve();
  gone.abort();
  await new Promise((done) => setTimeout(done));
  expect(order).toEqual(['a', 'b', 'not d']);
  lane.leave();
  lane.leave();
  await new Promise((done) => setTimeout(done));
  expect(order).toEqual(['a', 'b', 'not d', 'c', 'e']);
  // An abort after the entry gives no room away.
  lane.leave();
  void ask('f');
  void ask('g');
  await new Promise((done) => setTimeout(done));
  expect(order.slice(5)).toEqual(['f']);
});

it('does not let in what was stopped before', async () => {
  expect(await createLane(1).enter(AbortSignal.abort())).toBe(false);
});

it('tiles and overlays share a lane, and no decision has to go through one', () => {
  const laneOf = createLanes();
  expect(laneOf('traces.tile')).toBe(laneOf('analysis.explain'));
  for (const method of [
    'review.decide',
    'review.undo',
    'review.summary',
    'analysis.cancel',
  ] as const)
    expect(laneOf(method)).toBeNull();
});
