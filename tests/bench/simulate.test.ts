import { expect, it } from 'vitest';
import { simulate, type Cluster } from './simulate';

/** Nothing goes wrong, and nothing but the workers takes time. */
const IDEAL: Cluster = {
  ...{ workers: 10, slots: 2, recordings: 2000, ahead: 1000 },
  ...{ coordinatorS: 0, redisS: 0, storageBytesPerS: Infinity },
  ...{ failureS: Infinity, takeOverS: 45, restartS: 60, stragglers: 0, straggling: 1 },
};
const tenSeconds = () => ({ bytes: 1e6, cpuS: 10 });
const hours = (more: Partial<Cluster>, draw = tenSeconds): number =>
  simulate({ ...IDEAL, ...more }, 1, draw).hours;

it('takes the work divided by the slots where nothing stands in the way', () => {
  expect(hours({})).toBeCloseTo((2000 * 10) / 20 / 3600, 9);
  expect(simulate(IDEAL, 1, tenSeconds).busy.slots).toBeCloseTo(1, 9);
});

it('is bounded by the slowest server: coordinator, Redis, storage', () => {
  expect(hours({ coordinatorS: 1 })).toBeCloseTo(2000 / 3600, 1);
  expect(hours({ redisS: 1 })).toBeCloseTo(2000 / 3600, 1);
  expect(hours({ storageBytesPerS: 1e6 })).toBeCloseTo(2000 / 3600, 1);
});

it('lets workers wait where fewer recordings are in the queue than there are slots', () => {
  expect(hours({ ahead: 10 })).toBeCloseTo(2 * hours({}), 9);
});

it('is slower with stragglers and ends of workers, and loses no recording', () => {
  const failing = { failureS: 200 };
  const played = simulate({ ...IDEAL, ...failing }, 1, tenSeconds);
  expect(played.takenOver).toBeGreaterThan(50);
  expect(played.hours).toBeGreaterThan(hours({}));
  expect(hours({ stragglers: 0.2, straggling: 4 })).toBeGreaterThan(hours({}));
});

it('is the same for the same seed, and another for another', () => {
  const uneven = (random: () => number) => ({ bytes: 1, cpuS: 20 * random() });
  const cluster = { ...IDEAL, failureS: 500 };
  expect(simulate(cluster, 7, uneven)).toEqual(simulate(cluster, 7, uneven));
  expect(simulate(cluster, 7, uneven)).not.toEqual(simulate(cluster, 8, uneven));
});
