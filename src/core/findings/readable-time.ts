import type { LeadQuality, QualityColumns, Segment, TimeSpan } from '../../shared/domain';
import type { AnalysedSignal } from './analysed-signal';
import { joined, secondsIn, without } from './time-spans';

const OFF = 0;
const NOISY = 1;
const GOOD = 2;

/** Which time of a recording can be analysed. */
export interface ReadableTime {
  /** At least one ECG lead is good. */
  readonly readable: readonly TimeSpan[];
  /** Every ECG lead is off. */
  readonly off: readonly TimeSpan[];
}

/**
 * The union over the ECG leads, from their quality second by second. Analyses of earlier versions have none: then all
 * is readable but the Unreadable segments, and the flat ones of those are off.
 */
export function readableTime(
  durationS: number,
  quality: QualityColumns | null,
  segments: readonly Segment[],
): ReadableTime {
  const whole = [{ startS: 0, endS: durationS }];
  if (!quality) {
    const unreadable = segments.filter(({ verdict }) => verdict === 'Unreadable');
    const off = unreadable.filter(({ reason }) => reason === 'flat');
    return { readable: without(whole, joined(unreadable)), off: joined(off) };
  }
  const best = new Uint8Array(quality.seconds);
  quality.leads.forEach(({ isEcg }, lead) => {
    if (!isEcg) return;
    for (let s = 0; s < quality.seconds; s++) {
      best[s] = Math.max(best[s]!, levelAt(quality, lead, s));
    }
  });
  const spans = (level: number): TimeSpan[] =>
    spansWhere(quality.seconds, durationS, (s) => best[s] === level);
  return { readable: spans(GOOD), off: spans(OFF) };
}

/** Stretches in which a lead is off, or noisy, in time order. */
export function leadSpans(
  quality: QualityColumns,
  lead: number,
  durationS: number,
  level: 'off' | 'noisy',
): TimeSpan[] {
  const wanted = level === 'off' ? OFF : NOISY;
  return spansWhere(quality.seconds, durationS, (s) => levelAt(quality, lead, s) === wanted);
}

/** How long each lead is off or noisy; one whose quality was not measured is so for no time. */
export function leadQuality(
  leads: AnalysedSignal['leads'],
  quality: QualityColumns | null,
  durationS: number,
): LeadQuality[] {
  const all = leads.length > 0 ? leads : (quality?.leads ?? []);
  return all.map(({ index, name, isEcg }) => {
    const row = quality?.leads.findIndex((lead) => lead.index === index) ?? -1;
    const lastsS = (level: 'off' | 'noisy'): number =>
      quality && row >= 0 ? secondsIn(leadSpans(quality, row, durationS, level)) : 0;
    return { name, isEcg, offS: lastsS('off'), noisyS: lastsS('noisy') };
  });
}

function levelAt({ level, seconds }: QualityColumns, lead: number, second: number): number {
  return level[lead * seconds + second]!;
}

/** Runs of seconds that are `wanted`; the last second ends with the recording. */
function spansWhere(
  seconds: number,
  durationS: number,
  wanted: (second: number) => boolean,
): TimeSpan[] {
  const spans: TimeSpan[] = [];
  for (let s = 0; s < seconds; s++) {
    if (!wanted(s)) continue;
    const startS = s;
    while (s + 1 < seconds && wanted(s + 1)) s++;
    spans.push({ startS, endS: Math.min(durationS, s + 1) });
  }
  return spans;
}
