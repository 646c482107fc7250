import { expect, it } from 'vitest';
import { placeExtremes } from './place-extremes';

const WIDTH_PX = 280;
const BOTTOM_PX = 60;
type Point = [x: number, y: number];

/** Boxes of the words, as they are drawn and clicked. */
function boxes(...points: [Point, Point]) {
  const places = placeExtremes(
    points.map(([x, y]) => ({ x, y })),
    WIDTH_PX,
    BOTTOM_PX,
  );
  return places.map(({ left, offPx }, i) => {
    const [x, y] = points[i]!;
    const fromX = left ? x - 110 : x;
    return { fromX, toX: fromX + 110, fromY: y + offPx - 12, toY: y + offPx + 12 };
  });
}

it.each<[string, Point, Point]>([
  ['far apart', [20, 10], [150, 40]],
  ['above each other', [100, 10], [105, 40]],
  ['at one place', [140, 30], [142, 34]],
  ['at one place, the lower first', [142, 30], [138, 34]],
  ['at the left edge', [20, 30], [26, 34]],
  ['at the right edge', [270, 30], [262, 34]],
  ['near the right edge, one to each side', [200, 30], [160, 34]],
  ['at the left edge, where the map ends', [4, 54], [2, 58]],
  ['at the foot of the map', [20, 10], [150, 59]],
  ['above each other at the foot of the map', [20, 33], [24, 59]],
])('words of the highest and lowest rate do not lie over each other: %s', (_, upper, lower) => {
  const [one, other] = boxes(upper, lower);
  const isApart =
    one!.toX <= other!.fromX ||
    other!.toX <= one!.fromX ||
    one!.toY <= other!.fromY ||
    other!.toY <= one!.fromY;
  expect(isApart, JSON.stringify([one, other])).toBe(true);
  // What is read is 16 px high.
  expect(other!.toY - 4).toBeLessThanOrEqual(BOTTOM_PX);
  for (const { fromX, toX } of [one!, other!]) {
    expect(fromX).toBeGreaterThanOrEqual(0);
    expect(toX).toBeLessThanOrEqual(WIDTH_PX + 110);
  }
});

it('words stand right of their points where there is room', () => {
  const points = [
    { x: 20, y: 10 },
    { x: 100, y: 60 },
  ];
  const right = { left: false, offPx: 0 };
  expect(placeExtremes(points, WIDTH_PX, 100)).toEqual([right, right]);
});
