import type { HeadLine } from './head-lines';
import { roundRate } from './rate';

/** `sampling rate: 250 Hz`, `fs = 0.5 kHz`, `Sample rate 1,000 Hz` in the lines before a table. */
const STATED_RATE =
  /\b(?:sampl(?:e|ing)[ _-]?(?:rate|freq(?:uency)?)|fs)\b[^\d\n]{0,20}?(\d+(?:[.,']\d+| \d{3}(?!\d))*(?:e[+-]?\d+)?)\s*([a-zµμ%]+)?/i;
/** `sampling interval: 4 ms`, and what it is called at the beginning of a line. */
const INTERVAL = /\bsampl(?:e|ing)[ _-]?(?:interval|period)\b/i;
const STATED_INTERVAL = new RegExp(`${INTERVAL.source}[^\\d\\n]{0,20}?(\\d[^\\n]*)`, 'i');
const INTERVAL_FIRST = new RegExp(`^[\\s'"#%]*${INTERVAL.source}`, 'i');

/** What a number behind these words may be as well: an interval, a resolution. */
const OTHER_UNIT = /^([mnuµμ]?s(ec\w*)?|bits?|%)$/i;

/** What an ECG may be recorded with, in Hz: tells a point that groups thousands from one before decimals. */
const LOWEST_HZ = 20;
const HIGHEST_HZ = 100_000;

/**
 * The rate that lines before a table state, null where none does. Where several differ it is that of the ECG, if a line
 * names it so: another may be the accelerometer's.
 */
export function statedRate(header: readonly HeadLine[]): number | null {
  const stated = header.flatMap(({ text }, k) => {
    const rateHz = rateIn(text) ?? rateOfInterval(text, header[k - 1]?.text ?? '');
    return rateHz === null ? [] : [{ rateHz, isOfEcg: /e[ck]g/i.test(text) }];
  });
  const ofEcg = stated.filter(({ isOfEcg }) => isOfEcg);
  const rates = new Set((ofEcg.length > 0 ? ofEcg : stated).map(({ rateHz }) => rateHz));
  return rates.size === 1 ? [...rates][0]! : null;
}

function rateIn(text: string): number | null {
  const match = STATED_RATE.exec(text);
  const unit = match?.[2];
  if (!match || (unit !== undefined && OTHER_UNIT.test(unit))) return null;
  const perUnit = unit !== undefined && /^k(hz|s)/i.test(unit) ? 1000 : 1;
  const rates = readings(match[1]!).map((number) => number * perUnit);
  const isLikely = (hz: number): boolean => hz >= LOWEST_HZ && hz <= HIGHEST_HZ;
  const rate = rates.length === 1 ? rates[0] : rates.find(isLikely);
  return rate !== undefined && rate > 0 && Number.isFinite(rate) ? rate : null;
}

/** Of an interval behind its name, or below it as in PhysioBank's exports: `'sample interval','MLII'`, `'0.004 sec','mV'`. */
function rateOfInterval(text: string, before: string): number | null {
  const below = INTERVAL_FIRST.test(before) ? text.replace(/^[\s'"#%]+/, '') : '';
  const interval = readInterval(STATED_INTERVAL.exec(text)?.[1] ?? below);
  return interval && roundRate(1, interval.seconds, interval.resolutionS);
}

const SECONDS = new Map(Object.entries({ s: 1, m: 1e-3, u: 1e-6, µ: 1e-6, μ: 1e-6, n: 1e-9 }));

/** A time of one sample with its unit: `4 ms`, `0.00277778 sec`; null for anything else. */
export function readInterval(text: string): { seconds: number; resolutionS: number } | null {
  const match = /^(\d+(?:[.,](\d+))?)\s*([mnuµμ]?)s(?:ec(?:onds?)?)?(?![a-z])/i.exec(text);
  if (!match) return null;
  const unitS = SECONDS.get((match[3] || 's').toLowerCase())!;
  const seconds = Number(match[1]!.replace(',', '.')) * unitS;
  const resolutionS = (unitS * 10 ** -(match[2] ?? '').length) / 2;
  return seconds > 0 && seconds <= 1 / LOWEST_HZ ? { seconds, resolutionS } : null;
}

/** Numbers that a text may mean, the likelier first: `1,000` is one thousand, `250,5` has a decimal, `250,125` either. */
function readings(text: string): number[] {
  const decimal = Number(text.replace(',', '.'));
  const isGrouped = /^\d{1,3}([.,' ]\d{3})+$/.test(text);
  const grouped = isGrouped ? Number(text.replace(/[.,' ]/g, '')) : NaN;
  return [decimal, grouped].filter((number) => !Number.isNaN(number));
}
