import type { Overlay } from '../../shared/domain';

/** Step of the grid that beats are laid on, and half the width of a beat's mark: a QRS with its beginning T. */
const STEP_S = 0.02;
const HALF_STEPS = 8;

/**
 * An overlay on an even grid of time. Where tokens are heartbeats, the share of each is spread over its mark
 * around the R peak, highest in the middle, so that sums over time stay what they were; other overlays are
 * on such a grid already and come back as they are.
 */
export function onTimeGrid(overlay: Overlay): Overlay {
  const times = overlay.tokenTimesS;
  if (!times) return overlay;
  const tokens = Math.max(1, Math.round((overlay.stepS * overlay.tokens) / STEP_S));
  const profile = Array.from(
    { length: 2 * HALF_STEPS + 1 },
    (_, i) => 1 + Math.cos((Math.PI * (i - HALF_STEPS)) / (HALF_STEPS + 1)),
  );
  const spread = (values: Float32Array, from: number): Float32Array<ArrayBuffer> => {
    const grid = new Float32Array(tokens);
    times.forEach((timeS, beat) => {
      const middle = Math.floor((timeS - overlay.startS) / STEP_S);
      // The part of a mark that lies outside the segment goes to the part inside.
      const inside = profile
        .map((weight, i) => ({ at: middle + i - HALF_STEPS, weight }))
        .filter(({ at }) => at >= 0 && at < tokens);
      const total = inside.reduce((sum, { weight }) => sum + weight, 0);
      for (const { at, weight } of inside) grid[at]! += (values[from + beat]! * weight) / total;
    });
    return grid;
  };
  const attention = new Float32Array(overlay.heads * tokens);
  for (let head = 0; head < overlay.heads; head++) {
    attention.set(spread(overlay.attention, head * overlay.tokens), head * tokens);
  }
  return {
    ...overlay,
    tokens,
    stepS: STEP_S,
    tokenTimesS: undefined,
    attention,
    evidence: overlay.evidence.length > 0 ? spread(overlay.evidence, 0) : overlay.evidence,
  };
}
