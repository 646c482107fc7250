/** Width of the words beside a point, height of what can be clicked, and half the height of what is read, CSS px. */
const WORDS_PX = 110;
const TARGET_PX = 24;
const HALF_TEXT_PX = 8;

export interface ExtremePlace {
  /** The words stand left of the point. */
  readonly left: boolean;
  /** How far below the point their middle is, CSS px. */
  readonly offPx: number;
}

/**
 * Where the words of the highest rate and of the lowest stand, so that neither lies on the other: right of their points;
 * away from each other where the points are near each other, above and below where a side has no room. Below the map are the
 * hours: the words of what is lowest end with it, and those above move up where they would be met.
 * @param points the upper one first, CSS px in the map
 * @param bottomPx where the map ends
 */
export function placeExtremes(
  points: readonly { readonly x: number; readonly y: number }[],
  widthPx: number,
  bottomPx: number,
): ExtremePlace[] {
  const places = apart(points, widthPx);
  const [upper, lower] = points;
  if (!upper || !lower) return places;
  const [above, below] = places as [ExtremePlace, ExtremePlace];
  const overPx = lower.y + below.offPx - (bottomPx - HALF_TEXT_PX);
  if (overPx <= 0) return places;
  const lowerOffPx = below.offPx - overPx;
  const fromX = (at: { readonly x: number }, { left }: ExtremePlace): number =>
    at.x - (left ? WORDS_PX : 0);
  const isBeside = Math.abs(fromX(upper, above) - fromX(lower, below)) >= WORDS_PX;
  const metPx = isBeside
    ? 0
    : Math.max(0, upper.y + above.offPx + TARGET_PX - (lower.y + lowerOffPx));
  return [
    { left: above.left, offPx: above.offPx - metPx },
    { left: below.left, offPx: lowerOffPx },
  ];
}

function apart(
  points: readonly { readonly x: number; readonly y: number }[],
  widthPx: number,
): ExtremePlace[] {
  const alone = points.map(({ x }) => ({ left: x > widthPx - WORDS_PX, offPx: 0 }));
  const [upper, lower] = points;
  if (!upper || !lower) return alone;
  const missingPx = TARGET_PX - (lower.y - upper.y);
  const boxes = alone.map(({ left }, i) => points[i]!.x - (left ? WORDS_PX : 0));
  if (missingPx <= 0 || Math.abs(boxes[0]! - boxes[1]!) >= WORDS_PX) return alone;
  const first = upper.x <= lower.x ? upper : lower;
  const last = first === upper ? lower : upper;
  if (first.x >= WORDS_PX && last.x <= widthPx - WORDS_PX)
    return points.map((point) => ({ left: point === first, offPx: 0 }));
  return alone.map(({ left }, i) => ({ left, offPx: ((i === 0 ? -1 : 1) * missingPx) / 2 }));
}
