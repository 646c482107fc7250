import { consensus, steadiness, type Placed } from './consensus';
import { qrsBounds, type QrsBounds } from './qrs-bounds';
import { rmsBetween } from './slopes';
import { AGREEMENT, P, T } from './thresholds';
import { noMarks, type BeatMarks } from './types';
import { DELINEATION_RATE_HZ, HALF_SAMPLE, samplesOf, waveletScales } from './wavelet';
import { findWave, type Wave, type WaveRules } from './waves';

/** The scales of one lead that are looked at. */
interface Scales {
  readonly w2: Float64Array;
  readonly w3: Float64Array;
  readonly w4: Float64Array;
}

/** R peaks of a beat and of those beside it, samples. */
interface Place {
  readonly previous: number;
  readonly peak: number;
  readonly next: number;
}

/** What one beat has, [leads]. */
type Of<W> = readonly (W | null)[];

/**
 * Finds onset, peak and end of P, onset and end of QRS, and peak and end of T, of every beat in every lead, with the
 * method of Martinez et al. 2004 (`thresholds.ts`). Each lead is delineated by itself, as there; what a
 * lead shows far from where the leads and the beats beside it have it is sought again near that place.
 *
 * @param signals one array a lead, all of one length, at 500 Hz, in mV, finite
 * @param timeS R peaks in seconds from the first sample, ascending
 * @returns marks of each lead, in the order of the leads
 */
export function delineate(signals: readonly Float64Array[], timeS: Float64Array): BeatMarks[] {
  const leads = signals.map(scalesOf);
  const length = signals[0]?.length ?? 0;
  const peaks = timeS.map((t) => t * DELINEATION_RATE_HZ - HALF_SAMPLE);
  const places = Array.from(peaks, (peak, beat): Place => ({
    previous: Math.round(peaks[beat - 1] ?? Math.max(0, peak - DELINEATION_RATE_HZ)),
    peak: Math.round(peak),
    next: Math.round(peaks[beat + 1] ?? Math.min(length - 1, peak + DELINEATION_RATE_HZ)),
  }));
  const qrs = places.map((place) => qrsOfLeads(leads, place));
  const t = wavesOf(leads, places, qrs, (beat) => tWindow(places[beat]!, qrs[beat]!), T);
  const p = wavesOf(
    leads,
    places,
    qrs,
    (beat) => pWindow(places[beat]!, qrs[beat]!, t[beat - 1] ?? []),
    P,
  );
  return leads.map((_, l) => {
    const own = noMarks(timeS.length);
    places.forEach((_place, beat) =>
      setMarks(own, beat, qrs[beat]![l]!, p[beat]![l]!, t[beat]![l]!),
    );
    return own;
  });
}

function scalesOf(signal: Float64Array): Scales {
  const [, w2, w3, w4] = waveletScales(signal);
  return { w2: w2!, w3: w3!, w4: w4! };
}

function qrsOfLeads(leads: readonly Scales[], { previous, peak, next }: Place): Of<QrsBounds> {
  const from = Math.floor((previous + peak) / 2);
  const to = Math.ceil((peak + next) / 2);
  const first = leads.map(({ w2 }) => qrsBounds(w2, peak, from, to));
  const place = (at: 'onset' | 'end'): (Placed | null)[] =>
    first.map((own) => own && { at: own[at], weight: Math.abs(own.slope) });
  const onset = consensus(place('onset'));
  const end = consensus(place('end'));
  if (onset === null || end === null) return first;
  const near = samplesOf(AGREEMENT.qrsMs);
  const earliest = Math.max(from, Math.floor(onset) - near);
  const latest = Math.min(to, Math.ceil(end) + near);
  return leads.map(({ w2 }) => qrsBounds(w2, peak, earliest, latest));
}

interface Window {
  readonly from: number;
  readonly to: number;
}

function tWindow({ peak, next }: Place, qrs: Of<QrsBounds>): Window {
  const ends = qrs.flatMap((bounds) => bounds?.end ?? []);
  const beforeNext = Math.min(samplesOf(T.beforeNextMs), T.beforeNextShare * (next - peak));
  return {
    from: Math.ceil(Math.max(peak, ...ends)) + samplesOf(T.afterQrsMs),
    to: Math.min(peak + samplesOf(T.latestMs), next - Math.round(beforeNext)),
  };
}

function pWindow({ previous, peak }: Place, qrs: Of<QrsBounds>, tBefore: Of<Wave>): Window {
  const onsets = qrs.flatMap((bounds) => bounds?.onset ?? []);
  const tPeaks = tBefore.flatMap((wave) => wave?.peak ?? []);
  return {
    from: Math.ceil(
      Math.max(peak - samplesOf(P.earliestMs), previous + samplesOf(P.afterPreviousMs), ...tPeaks),
    ),
    to: Math.floor(Math.min(peak, ...onsets)),
  };
}

type Rules = Omit<WaveRules, 'least'> & {
  readonly present: number;
  readonly steady: number;
};

/** P or T of every beat, [beats][leads]. */
function wavesOf(
  leads: readonly Scales[],
  places: readonly Place[],
  qrs: readonly Of<QrsBounds>[],
  windowOf: (beat: number) => Window,
  rules: Rules,
): Of<Wave>[] {
  const find = (beat: number, { w3, w4 }: Scales, { from, to }: Window): Wave | null => {
    const { previous, peak, next } = places[beat]!;
    const level = to > peak ? rmsBetween(w4, peak, next) : rmsBetween(w4, previous, peak);
    return findWave(w4, w3, from, to, { ...rules, least: rules.present * level });
  };
  const first = places.map((_, beat) => {
    const window = windowOf(beat);
    return leads.map((lead) => find(beat, lead, window));
  });
  const near = samplesOf(AGREEMENT.waveMs);
  return first.map((own, beat) => {
    const found = offsetsOf(first, places, qrs, beat);
    const offset = consensus(found.flat());
    if (offset === null) return own;
    if (steadiness(found, samplesOf(AGREEMENT.steadyMs)) < rules.steady) return own.map(() => null);
    const { from, to } = windowOf(beat);
    const middle = places[beat]!.peak + offset;
    const around = {
      from: Math.max(from, Math.floor(middle) - 2 * near),
      to: Math.min(to, Math.ceil(middle) + 2 * near),
    };
    return leads.map((lead, l) => {
      const isNear = (wave: Wave | null): boolean =>
        wave !== null && Math.abs(wave.peak - middle) <= near;
      if (isNear(own[l]!)) return own[l]!;
      const again = find(beat, lead, around);
      return isNear(again) ? again : null;
    });
  });
}

/** Where a wave lies after (or before) the R peak in this beat and those like it beside it, samples; [leads][found]. */
function offsetsOf(
  waves: readonly Of<Wave>[],
  places: readonly Place[],
  qrs: readonly Of<QrsBounds>[],
  beat: number,
): Placed[][] {
  const found: Placed[][] = waves[beat]!.map(() => []);
  const last = Math.min(waves.length - 1, beat + AGREEMENT.beats);
  for (let other = Math.max(0, beat - AGREEMENT.beats); other <= last; other++) {
    if (!alike(qrs[beat]!, qrs[other]!)) continue;
    const share = other === beat ? AGREEMENT.own : 1;
    waves[other]!.forEach((wave, l) => {
      if (!wave) return;
      found[l]!.push({ at: wave.peak - places[other]!.peak, weight: share * wave.size });
    });
  }
  return found;
}

/** Whether two beats have nearly the same steepest slopes: beats of other forms say nothing of where P and T are. */
function alike(a: Of<QrsBounds>, b: Of<QrsBounds>): boolean {
  let apart = 0;
  let sum = 0;
  a.forEach((own, l) => {
    const slope = own?.slope ?? 0;
    const other = b[l]?.slope ?? 0;
    apart += Math.abs(slope - other);
    sum += Math.abs(slope) + Math.abs(other);
  });
  return apart <= AGREEMENT.alike * sum;
}

function setMarks(
  marks: BeatMarks,
  beat: number,
  qrs: QrsBounds | null,
  p: Wave | null,
  t: Wave | null,
): void {
  const seconds = (at: number): number => (at + HALF_SAMPLE) / DELINEATION_RATE_HZ;
  if (qrs) {
    marks.qrsOnset[beat] = seconds(qrs.onset);
    marks.qrsEnd[beat] = seconds(qrs.end);
  }
  if (p) {
    marks.pOnset[beat] = seconds(p.onset);
    marks.pPeak[beat] = seconds(p.peak);
    marks.pEnd[beat] = seconds(p.end);
  }
  if (t) {
    marks.tPeak[beat] = seconds(t.peak);
    marks.tEnd[beat] = seconds(t.end);
  }
}
