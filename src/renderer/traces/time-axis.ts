/** Seconds between labels; a label needs about 70 px. */
const STEPS_S = [0.2, 1, 2, 5, 10, 30, 60, 300, 600, 1800, 3600] as const;

export function axisStepS(pxPerS: number): number {
  return STEPS_S.find((step) => step * pxPerS >= 70) ?? STEPS_S.at(-1)!;
}

/** Half the width of an axis label; labels that would be cut by the edge of the paper are left out. */
const HALF_LABEL_PX = 27;

/**
 * Times of the labels between `fromS` and `toS`; whole steps of a day that began `offsetS` before the recording, and none
 * beyond its end, where there is paper and no signal.
 */
export function axisTimes(
  fromS: number,
  toS: number,
  stepS: number,
  pxPerS: number,
  { offsetS = 0, durationS = Infinity }: { offsetS?: number; durationS?: number } = {},
): number[] {
  const edgeS = HALF_LABEL_PX / pxPerS;
  const times: number[] = [];
  const first = Math.ceil((fromS + edgeS + offsetS) / stepS - 1e-9);
  const lastS = Math.min(toS - edgeS, durationS + 1e-6);
  for (let i = first; i * stepS - offsetS <= lastS; i++) times.push(i * stepS - offsetS);
  return times;
}
