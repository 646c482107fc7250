/** Words for numbers. Times are seconds from the start of the recording unless named otherwise. */

const two = (n: number): string => String(n).padStart(2, '0');

/**
 * `mm:ss`, or `hh:mm:ss` from one hour on (`hours` forces it, so that a column of times lines up).
 * Truncated, never rounded up into the next second; `decimals` adds a fraction.
 */
export function formatTime(seconds: number, decimals = 0, hours = seconds >= 3600): string {
  const scale = 10 ** decimals;
  // The small term absorbs binary fractions such as 507.412 = 507.41199...
  const units = Math.max(0, Math.floor(seconds * scale + 1e-6));
  const whole = Math.floor(units / scale);
  const h = Math.floor(whole / 3600);
  const m = Math.floor(whole / 60) % 60;
  const s = whole % 60;
  const fraction = decimals > 0 ? `.${String(units % scale).padStart(decimals, '0')}` : '';
  return hours ? `${two(h)}:${two(m)}:${two(s)}${fraction}` : `${two(m)}:${two(s)}${fraction}`;
}

/** Length in words, as in `30 min 05 s` or `24 h 00 min`. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor(whole / 60) % 60)} min`;
}

/**
 * Lengths that stand in one table with their sum, all to the second or, where the sum is of hours, to the minute: 11 min
 * beside a sum of 10 min 37 s are read as an error. What is under a minute is never 0 min.
 */
export function durationsBesideSum(sumS: number): (seconds: number) => string {
  return (seconds) =>
    sumS < 3600 || seconds < 59.5 || seconds >= 3600
      ? formatDuration(seconds)
      : `${Math.round(seconds / 60)} min`;
}

/** Thin-space grouping of thousands, as in `2 953`. */
export function formatCount(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** How many a second, whole from a hundred on and to two digits below: `1170`, `85`, `3.4`. */
export function formatSpeed(perS: number): string {
  return perS >= 99.5 ? perS.toFixed(0) : perS.toPrecision(2);
}

/** A rate or a gain as people read it, to six digits: 1e6 / 1667 Hz are 599.88 Hz. */
export function sixDigits(value: number): number {
  return Number(value.toPrecision(6));
}
