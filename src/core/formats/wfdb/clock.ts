/** Base time and date of a header as local wall-clock text. */
export interface HeaderClock {
  /** `YYYY-MM-DDThh:mm:ss.sss`, `Thh:mm:ss.sss` without a date, or null. */
  readonly startClock: string | null;
  /** The words that could not be understood, as they stand in the header; null where there are none. */
  readonly leftOut: string | null;
}

/**
 * Reads what a record line says after the number of samples: `H:MM:SS`, `MM:SS` or `SS` with optional decimals, then
 * `D/M/YYYY` (header(5)). `YYYY-MM-DD`, which cannot be mistaken, is read as well; any other order is left out.
 */
export function headerClock(words: readonly string[]): HeaderClock {
  const [time, date, ...rest] = words;
  const clock = time === undefined ? null : clockTime(time);
  if (clock === null)
    return { startClock: null, leftOut: words.length > 0 ? words.join(' ') : null };
  const day = date === undefined ? null : calendarDate(date);
  const left = [...(date !== undefined && day === null ? [date] : []), ...rest];
  return {
    startClock: `${day ?? ''}T${clock}`,
    leftOut: left.length > 0 ? left.join(' ') : null,
  };
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
  const european = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const [year, month, day] = european
    ? [european[3], european[2], european[1]]
    : [iso?.[1], iso?.[2], iso?.[3]];
  if (year === undefined || Number(year) < 1800 || Number(year) > 2200) return null;
  const spelled = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
  const parsed = new Date(`${spelled}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(spelled)
    ? spelled
    : null;
}
