import { BEAT_CLASSES, type BeatColumns, type RhythmEpisode } from '../../shared/domain';

/** One place where something was found. */
export interface Occurrence {
  readonly startS: number;
  readonly endS: number;
  /** Beats it consists of; 0 for a pause. */
  readonly beats: number;
  /** Mean rate over the occurrence in beats per minute; null for single beats and pauses. */
  readonly rateBpm: number | null;
}

export interface Finding {
  readonly kind: FindingKind;
  readonly occurrences: readonly Occurrence[];
}

/**
 * Kinds in the order in which a reader wants to see them. Runs and episodes follow the ISHNE-HRS consensus on
 * ambulatory ECG (Steinberg et al., Heart Rhythm 2017;14:e55): two ectopic beats in a row are a couplet, three
 * a triplet, more a run; ventricular tachycardia is three or more at over 100 bpm.
 */
export const FINDING_KINDS = [
  'Ventricular tachycardia',
  'Ventricular runs, 100 bpm or slower',
  'Pauses over 2 s',
  'Atrial fibrillation or flutter',
  'Ventricular couplets',
  'Ventricular bigeminy',
  'Ventricular trigeminy',
  'Ventricular beats, single',
  'Supraventricular runs',
  'Supraventricular couplets',
  'Supraventricular beats, single',
  'Fusion beats',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

const TACHYCARDIA_BPM = 100;
const PAUSE_S = 2;
/** Fewer repeats than three are chance, not bigeminy or trigeminy. */
const LEAST_REPEATS = 3;
const [N, S, V, F] = BEAT_CLASSES.map((_, code) => code);

/**
 * Ectopic beats and their patterns, pauses and atrial fibrillation of a recording. A gap of more than
 * `PAUSE_S` between two beats inside a stretch of missing or unreadable signal is no pause.
 * @param readable tells whether the signal between two instants (seconds) could be read throughout
 * @returns kinds that occur, in the order of FINDING_KINDS, occurrences in time order
 */
export function findings(
  beats: BeatColumns,
  episodes: readonly RhythmEpisode[],
  readable: (startS: number, endS: number) => boolean,
): Finding[] {
  const found = new Map<FindingKind, Occurrence[]>(FINDING_KINDS.map((kind) => [kind, []]));
  const add = (kind: FindingKind, first: number, last: number): void =>
    void found.get(kind)!.push(occurrence(beats.timeS, first, last));

  for (const { first, last, beatClass } of runsOf(beats.beatClass)) {
    const length = last - first + 1;
    if (beatClass === V && length >= 3) {
      const fast = occurrence(beats.timeS, first, last).rateBpm! > TACHYCARDIA_BPM;
      add(fast ? 'Ventricular tachycardia' : 'Ventricular runs, 100 bpm or slower', first, last);
    }
    if (beatClass === V && length === 2) add('Ventricular couplets', first, last);
    if (beatClass === V && length === 1) add('Ventricular beats, single', first, last);
    if (beatClass === S && length >= 3) add('Supraventricular runs', first, last);
    if (beatClass === S && length === 2) add('Supraventricular couplets', first, last);
    if (beatClass === S && length === 1) add('Supraventricular beats, single', first, last);
    if (beatClass === F) for (let i = first; i <= last; i++) add('Fusion beats', i, i);
  }
  for (const [period, kind] of [
    [2, 'Ventricular bigeminy'],
    [3, 'Ventricular trigeminy'],
  ] as const) {
    for (const { first, last } of repeatsOf(beats.beatClass, period)) add(kind, first, last);
  }
  for (let i = 1; i < beats.timeS.length; i++) {
    const [startS, endS] = [beats.timeS[i - 1]!, beats.timeS[i]!];
    if (endS - startS > PAUSE_S && readable(startS, endS)) {
      found.get('Pauses over 2 s')!.push({ startS, endS, beats: 0, rateBpm: null });
    }
  }
  for (const { startS, endS, rhythm } of episodes) {
    if (!/^\((AFIB|AFL)/.test(rhythm)) continue;
    const inside = beats.timeS.filter((timeS) => timeS >= startS && timeS < endS).length;
    const rateBpm = endS > startS ? (60 * inside) / (endS - startS) : null;
    found.get('Atrial fibrillation or flutter')!.push({ startS, endS, beats: inside, rateBpm });
  }
  return [...found]
    .filter(([, occurrences]) => occurrences.length > 0)
    .map(([kind, occurrences]) => ({ kind, occurrences }));
}

function occurrence(timeS: Float64Array, first: number, last: number): Occurrence {
  const [startS, endS] = [timeS[first]!, timeS[last]!];
  const rateBpm = last > first ? (60 * (last - first)) / (endS - startS) : null;
  return { startS, endS, beats: last - first + 1, rateBpm };
}

/** Longest stretches of beats of one class. */
function* runsOf(
  beatClass: Uint8Array,
): Generator<{ first: number; last: number; beatClass: number }> {
  let first = 0;
  for (let i = 1; i <= beatClass.length; i++) {
    if (i < beatClass.length && beatClass[i] === beatClass[first]) continue;
    yield { first, last: i - 1, beatClass: beatClass[first]! };
    first = i;
  }
}

/** Stretches in which every `period`-th beat is ventricular and the others normal, three times at least. */
function* repeatsOf(
  beatClass: Uint8Array,
  period: number,
): Generator<{ first: number; last: number }> {
  let i = 0;
  while (i < beatClass.length) {
    if (beatClass[i] !== V) {
      i++;
      continue;
    }
    let last = i;
    while (
      beatClass[last + period] === V &&
      beatClass.subarray(last + 1, last + period).every((other) => other === N)
    ) {
      last += period;
    }
    const repeats = (last - i) / period + 1;
    if (repeats >= LEAST_REPEATS) yield { first: i, last };
    i = last + 1;
  }
}
