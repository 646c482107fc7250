/** Words for numbers. Times are seconds from the start of the recording unless named otherwise. */

import { shallowRef } from 'vue';
import { inHours, type ClockHours } from '../../shared/domain/clock';
import { formatTime as timeText } from '../../shared/domain/number-text';
import { pageWords, sayMarked, sayNumber } from '.';

export { formatCount, formatDuration } from '../../shared/domain/number-text';

/** A time as `timeText` writes it, a fraction after the decimal mark of the reader's language. */
export function formatTime(seconds: number, decimals = 0, hours?: boolean): string {
  return sayMarked(timeText(seconds, decimals, hours));
}

const two = (n: number): string => String(n).padStart(2, '0');

/**
 * Reads what a person types for a time: `754`, `12:34`, `1:02:03`, with an optional fraction. With `clock`
 * (seconds after midnight of the first sample) a leading `@` means the time of day. Null when it is none.
 */
export function parseTime(text: string, clock: number | null = null): number | null {
  const trimmed = text.trim();
  const isClock = trimmed.startsWith('@');
  const body = isClock ? trimmed.slice(1).trim() : trimmed;
  if (!/^\d+(:\d{1,2}){0,2}([.,]\d+)?$/.test(body)) return null;
  let seconds = 0;
  for (const part of body.replace(',', '.').split(':')) seconds = seconds * 60 + Number(part);
  if (!isClock) return seconds;
  if (clock === null) return null;
  // `@12:34` is hours and minutes; `@12:34:56` has seconds too.
  if (body.split(':').length === 2) seconds *= 60;
  return (seconds - clock + 86_400) % 86_400;
}

/** Probability or share with two digits, as in `0.88`. */
export function formatProbability(value: number): string {
  return sayNumber(value, 2);
}

/** Voltage with a true minus sign. */
export function formatMv(value: number): string {
  return sayNumber(value, 2);
}

const hours = shallowRef<ClockHours>(24);

/** The clock by which times of the day are told from here on; all that were told are told anew. */
export function tellTimeBy(chosen: ClockHours): void {
  hours.value = chosen;
}

/** Epoch milliseconds as the local `hh:mm`, with seconds on wish, by the reader's clock. */
export function formatLocalTime(ms: number, withSeconds = true): string {
  const d = new Date(ms);
  const units = [d.getHours(), d.getMinutes(), ...(withSeconds ? [d.getSeconds()] : [])];
  return inHours(units.map(two).join(':'), { hours: hours.value, words: pageWords() });
}

/** Epoch milliseconds as the local `yyyy-mm-dd hh:mm`, with seconds on wish, likewise. */
export function formatLocalDateTime(ms: number, withSeconds = true): string {
  const d = new Date(ms);
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${formatLocalTime(ms, withSeconds)}`;
}
