import { sixDigits, type Lead, type Warning } from '../../shared/domain';
import { upperMedian } from '../../shared/domain/order-statistics';
import { warningSaid } from '../../shared/domain/said';
import type { OpenRecording } from '../formats/open-recording';
import { leadSignal } from './lead-signal';

/** Read from three places of a recording. */
const EXCERPT_S = 10;
const PLACES = [0.1, 0.5, 0.9];
/** Long enough for a heartbeat at 30 a minute. */
const PART_S = 2;
/** Beyond this a few seconds are too many samples to look at while somebody waits. */
const HIGHEST_SEEN_HZ = 5000;
/** Excursions nearer than this belong to one beat. */
const REFRACTORY_S = 0.2;
/** Shares of the farthest excursion. */
const [HALF_WAY, NEARLY] = [0.5, 0.75];
/** Enough to tell, in a few milliseconds. */
const MOST_LEADS = 2;

/**
 * What no surface ECG is, in mV. Over 228 recordings (MIT-BIH Arrhythmia and Supraventricular, LUDB, QT) the typical
 * height lies between 0.5 and 5 mV.
 */
const HEIGHT_MV = { least: 0.1, most: 10 } as const;
/**
 * A heart at half or twice its true rate in deflections of twice or half their true width, which no one of these
 * recordings has: widths there lie between 11 and 80 ms, and 28 ms is usual.
 */
const HALVED = { mostPerMinute: 40, leastMs: 40 } as const;
const DOUBLED = { leastPerMinute: 120, mostMs: 18 } as const;

const known = new WeakMap<OpenRecording, Promise<readonly Warning[]>>();

/**
 * Warnings of a header that does not fit its samples, told by excerpts of two leads: a gain that is wrong by a hundred,
 * a sampling rate that is wrong by two. Neither stops anything: a file may be right where it is unusual.
 */
export function implausibleWarnings(
  recording: OpenRecording,
  leads: readonly Lead[],
): Promise<readonly Warning[]> {
  const before = known.get(recording);
  if (before) return before;
  const found = typicalDeflection(recording, leads).then((typical) =>
    typical
      ? warningsOf(
          typical,
          leads.find(({ isEcg }) => isEcg)!,
        )
      : [],
  );
  known.set(recording, found);
  return found;
}

function warningsOf(
  { heightMv, widthMs, perMinute }: Deflection,
  { samplingRateHz, gainAduPerUnit, units }: Lead,
): Warning[] {
  const warnings: Warning[] = [];
  if (heightMv > HEIGHT_MV.most || heightMv < HEIGHT_MV.least) {
    warnings.push(
      warningSaid('implausible-gain', 'warnings.implausibleGain', {
        mv: heightMv > 1 ? heightMv.toFixed(0) : heightMv.toFixed(3),
        gain: sixDigits(gainAduPerUnit),
        unit: units,
      }),
    );
  }
  const halved = perMinute.atMost <= HALVED.mostPerMinute && widthMs >= HALVED.leastMs;
  const doubled = perMinute.atLeast >= DOUBLED.leastPerMinute && widthMs <= DOUBLED.mostMs;
  if (halved || doubled) {
    warnings.push(
      warningSaid('implausible-rate', halved ? 'warnings.rateHalved' : 'warnings.rateDoubled', {
        n: Math.round(halved ? perMinute.atMost : perMinute.atLeast),
        ms: Math.round(widthMs),
        rate: sixDigits(samplingRateHz),
      }),
    );
  }
  return warnings;
}

/** What the tallest deflection of a part looks like, in the middle of a recording's parts. */
interface Deflection {
  /** From the lowest to the highest sample of a part. */
  readonly heightMv: number;
  /** Width of the deflection at half of its height. */
  readonly widthMs: number;
  /** How often in a minute the signal goes half as far as it ever does, and nearly so far: a tall T wave does the former. */
  readonly perMinute: { readonly atMost: number; readonly atLeast: number };
}

/** @returns null where no lead has a part that is whole and moves */
async function typicalDeflection(
  recording: OpenRecording,
  leads: readonly Lead[],
): Promise<Deflection | null> {
  const heights: number[] = [];
  const widths: number[] = [];
  const atMost: number[] = [];
  const atLeast: number[] = [];
  const ecg = leads.filter(({ isEcg }) => isEcg);
  for (const { index } of ecg.slice(0, MOST_LEADS)) {
    const lead = leadSignal(recording, index);
    if (!lead.ok) continue;
    const { rateHz, length, read } = lead.value;
    const part = Math.round(PART_S * rateHz);
    if (part < 16 || rateHz > HIGHEST_SEEN_HZ) continue;
    for (const place of PLACES) {
      const start = Math.max(0, Math.round(place * (length - EXCERPT_S * rateHz)));
      const samples = await read(start, Math.min(length, start + Math.round(EXCERPT_S * rateHz)));
      if (!samples.ok) continue;
      const minutes = samples.value.length / rateHz / 60;
      const refractory = REFRACTORY_S * rateHz;
      if (samples.value.length > 0 && !samples.value.some(Number.isNaN)) {
        atMost.push(excursions(samples.value, HALF_WAY, refractory) / minutes);
        atLeast.push(excursions(samples.value, NEARLY, refractory) / minutes);
      }
      for (let at = 0; at + part <= samples.value.length; at += part) {
        const found = tallest(samples.value.subarray(at, at + part));
        if (!found) continue;
        heights.push(found.height);
        widths.push((1000 * found.width) / rateHz);
      }
    }
  }
  if (heights.length === 0 || atMost.length === 0) return null;
  const perMinute = { atMost: upperMedian(atMost), atLeast: upperMedian(atLeast) };
  return { heightMv: upperMedian(heights), widthMs: upperMedian(widths), perMinute };
}

/** How often a signal leaves where it mostly is by a share of its farthest excursion. */
function excursions(x: Float64Array, share: number, refractory: number): number {
  const sorted = x.slice().sort();
  const middle = sorted[sorted.length >> 1]!;
  const [up, down] = [sorted.at(-1)! - middle, middle - sorted[0]!];
  const limit = share * Math.max(up, down);
  const sign = up >= down ? 1 : -1;
  let count = 0;
  let last = -Infinity;
  for (let i = 0; i < x.length; i++) {
    if (sign * (x[i]! - middle) < limit) continue;
    if (i - last > refractory) count++;
    last = i;
  }
  return count;
}

/** Height and width, in samples, of the deflection that goes farthest from where the signal mostly is. */
function tallest(x: Float64Array): { height: number; width: number } | null {
  if (x.some(Number.isNaN)) return null;
  const sorted = x.slice().sort();
  const middle = sorted[sorted.length >> 1]!;
  const height = sorted.at(-1)! - sorted[0]!;
  if (height === 0) return null;
  const sign = sorted.at(-1)! - middle >= middle - sorted[0]! ? 1 : -1;
  const away = (i: number): number => sign * (x[i]! - middle);
  let peak = 0;
  for (let i = 1; i < x.length; i++) if (away(i) > away(peak)) peak = i;
  let [first, last] = [peak, peak];
  while (first > 0 && away(first - 1) >= away(peak) / 2) first--;
  while (last + 1 < x.length && away(last + 1) >= away(peak) / 2) last++;
  return { height, width: last - first + 1 };
}
