import type { AppliedFilters } from '../open-recording';

/**
 * Filters named in a text, as in `HP:0.05Hz LP:150Hz N:50Hz` (EDF+ 2.1.3.5, and its variants).
 * @returns null where the text names none
 */
export function filtersOfText(text: string): AppliedFilters | null {
  const highPassHz = hertz(/\bHP\s*[:=]?\s*(\d*[.,]?\d+)\s*k?(?:Hz)?/i.exec(text));
  const lowPassHz = hertz(/\bLP\s*[:=]?\s*(\d*[.,]?\d+)\s*k?(?:Hz)?/i.exec(text));
  const notchHz = hertz(/\bN(?:otch)?\s*[:=]?\s*(\d*[.,]?\d+)\s*(?:Hz)?/i.exec(text));
  const any = highPassHz !== null || lowPassHz !== null || notchHz !== null;
  return any ? { highPassHz, lowPassHz, notchHz } : null;
}

function hertz(match: RegExpExecArray | null): number | null {
  if (!match) return null;
  const value = Number(match[1]!.replace(',', '.'));
  return /k(hz)?$/i.test(match[0]) ? value * 1000 : value;
}
