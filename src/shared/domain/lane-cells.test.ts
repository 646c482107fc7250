import { expect, it } from 'vitest';
import { trendCellS } from './heart-rate';
import { axisSteps, beatsInCells, cellsFor, stepOfCount, trendInCells } from './lane-cells';

it('counts every beat of a class once, the last cell takes the end', () => {
  const beats = {
    timeS: Float64Array.from([0, 9.99, 10, 25, 30]),
    beatClass: Uint8Array.from([2, 2, 2, 0, 2]),
  };
  expect([...beatsInCells(beats, 2, 10, 30)]).toEqual([2, 1, 1]);
});

it('cells are those of the trend, at two hours as well', () => {
  for (const durationS of [60, 7199, 7200, 7201, 86_400])
    expect(cellsFor(durationS).cellS).toBe(trendCellS(durationS));
});

it('a cell has the step of the largest count that it reaches', () => {
  const { from } = cellsFor(86_400);
  expect([0, 1, 4, 5, 19, 20, 99, 100, 5000].map((n) => stepOfCount(n, from))).toEqual([
    0, 1, 1, 2, 2, 3, 4, 5, 5,
  ]);
});

it('the band of a cell holds the lowest and highest of its bins; a cell without any has none', () => {
  const trend = {
    stepS: 5,
    medianBpm: Float32Array.from([60, 70, NaN, NaN, 80, 90]),
    lowestBpm: Float32Array.from([55, 65, NaN, NaN, 75, 85]),
    highestBpm: Float32Array.from([66, 77, NaN, NaN, 88, 99]),
  };
  expect(trendInCells(trend, 10, 30)).toEqual([
    { median: 70, low: 55, high: 77 },
    null,
    { median: 90, low: 75, high: 99 },
  ]);
});

it('bins wider than a cell reach into each cell they cover', () => {
  const trend = {
    stepS: 20,
    medianBpm: Float32Array.from([60]),
    lowestBpm: Float32Array.from([50]),
    highestBpm: Float32Array.from([70]),
  };
  expect(trendInCells(trend, 10, 20)).toHaveLength(2);
  expect(trendInCells(trend, 10, 20)[1]).toEqual({ median: 60, low: 50, high: 70 });
});

it('a day has a line each hour and a label each two, half an hour one each five minutes', () => {
  expect(axisSteps(86_400)).toEqual({ lineS: 3600, labelS: 7200 });
  expect(axisSteps(1806)).toEqual({ lineS: 300, labelS: 300 });
});
