/**
 * Base time and date of a header as local wall-clock text.
 * Time is `H:MM:SS`, `MM:SS` or `SS` with optional decimals, date is `D/M/YYYY` (header(5)).
 * @returns `YYYY-MM-DDThh:mm:ss.sss`, `Thh:mm:ss.sss` without a date, or null when the time makes no sense
 */
export function startClock(time: string | undefined, date: string | undefined): string | null {
  const clock = time === undefined ? null : clockTime(time);
  if (clock === null) return null;
  const day = date === undefined ? null : calendarDate(date);
  return `${day ?? ''}T${clock}`;
}

function clockTime(text: string): string | null {
  const match = /^(?:(?:(\d{1,2}):)?(\d{1,2}):)?(\d{1,2})(?:\.(\d*))?$/.exec(text);
  if (!match) return null;
  const [hours, minutes, seconds] = [match[1] ?? '0', match[2] ?? '0', match[3] ?? '0'].map(Number);
  if (hours! > 23 || minutes! > 59 || seconds! > 59) return null;
  const two = (value: number) => String(value).padStart(2, '0');
  const millis = (match[4] ?? '').slice(0, 3).padEnd(3, '0');
  return `${two(hours!)}:${two(minutes!)}:${two(seconds!)}.${millis}`;
}

function calendarDate(text: string): string | null {
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{1,4})$/.exec(text);
  if (!match) return null;
  const [day, month, year] = [match[1], match[2], match[3]].map(Number);
  const iso = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const parsed = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(iso) ? iso : null;
}
