import { clockText, startClockText, type Clock } from '../shared/clock';

/**
 * Reads a time stamp of HL7 version 3 (data type TS): `YYYYMMDDhhmmss.sss+zzzz`, cut off after the day or later.
 * The zone is left out, so that the clock is the one on the wall; stamps of one document are taken to share it.
 * @returns `YYYY-MM-DDThh:mm:ss.sss`, or null for a text that is no time or a day that there is not
 */
export function hl7Clock(text: string): string | null {
  const parts = partsOf(text);
  return parts && clockText(parts);
}

/** The time of day alone of a stamp whose day there is not, `Thh:mm:ss.sss`; null where it states none. */
export function hl7Time(text: string): string | null {
  const parts = partsOf(text);
  if (!parts || text.trim().length <= 8) return null;
  const { hour, minute, second } = parts;
  return startClockText(null, { hour, minute, second });
}

function partsOf(text: string): Clock | null {
  const match =
    /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2}(?:\.\d+)?))?)?)?(?:[+-]\d{4}|Z)?$/.exec(
      text.trim(),
    );
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0));
  return {
    year: year!,
    month: month!,
    day: day!,
    hour: hour!,
    minute: minute!,
    second: second!,
  };
}

/** The day of a time stamp, `YYYY-MM-DD`. */
export function hl7Day(text: string): string | null {
  return hl7Clock(text)?.slice(0, 10) ?? null;
}

/** Seconds from one clock of `hl7Clock` to a later one. */
export function secondsBetween(from: string, to: string): number {
  return (Date.parse(`${to}Z`) - Date.parse(`${from}Z`)) / 1000;
}
