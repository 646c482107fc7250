import { formatClock, formatTime } from '../format';

/** Seconds between labels; a label needs about 70 px. */
const STEPS_S = [0.2, 1, 2, 5, 10, 30, 60, 300, 600, 1800, 3600] as const;

export function axisStepS(pxPerS: number): number {
  return STEPS_S.find((step) => step * pxPerS >= 70) ?? STEPS_S.at(-1)!;
}

/** Half the width of an axis label; labels that would be cut by the edge of the paper are left out. */
const HALF_LABEL_PX = 27;

/** Times of the labels between `fromS` and `toS`. */
export function axisTimes(fromS: number, toS: number, stepS: number, pxPerS: number): number[] {
  const edgeS = HALF_LABEL_PX / pxPerS;
  const times: number[] = [];
  const first = Math.ceil((fromS + edgeS) / stepS - 1e-9);
  for (let i = first; i * stepS <= toS - edgeS; i++) times.push(i * stepS);
  return times;
}

/** Recording time, and below it the time of day where the header gives one. */
export function axisLabel(
  timeS: number,
  stepS: number,
  durationS: number,
  clockS: number | null,
): string {
  const time = formatTime(timeS, stepS < 1 ? 1 : 0, durationS >= 3600);
  return clockS === null ? time : `${time}\n${formatClock(clockS, timeS)}`;
}
