import type { BeatForm } from './beat-shapes';
import type { Random } from './random';
import { createRrVariation } from './sinus-intervals';
import type { EctopicEvent, Scenario, RhythmStretch } from './scenario';

/** One activation to draw, in time order of its R peak. */
export interface PlannedBeat {
  /** R peak; for a P wave that is not conducted, where its R peak would be. */
  readonly timeS: number;
  /** Null draws the P wave alone. */
  readonly form: BeatForm | null;
  /** 0 draws no P wave; an ectopic atrial focus gives a smaller one, nearer the QRS. */
  readonly atrialScale: number;
  readonly atrialShiftMs: number;
  /** RR interval that repolarisation has adapted to, in s. */
  readonly adaptedRrS: number;
  /** Annotation mnemonic, or null for a P wave alone. */
  readonly symbol: 'N' | 'A' | 'V' | 'L' | null;
  /** Rhythm annotation that holds from this beat on. */
  readonly rhythm: '(N' | '(B' | '(VT' | '(AFIB';
}

/** Standard deviation of sinus RR intervals, as a share of their mean. */
const SINUS_VARIATION = 0.035;
/** Spread of the logarithm of RR intervals in atrial fibrillation. */
const AF_SPREAD = 0.24;
const AF_SHORTEST_S = 0.34;
const AF_LONGEST_S = 1.5;

/** Plays a scenario from beat to beat, each decided from the one before. */
export function* planBeats(scenario: Scenario, random: Random): Generator<PlannedBeat> {
  const variation = createRrVariation(random);
  let lastS = 0.35;
  let startS = 0;
  for (const stretch of scenario.stretches) {
    const play = { stretch, random, variation };
    if (stretch.rhythm === 'afib') lastS = yield* playFibrillation(play, lastS);
    else if (stretch.rhythm === 'bigeminy') lastS = yield* playBigeminy(play, lastS);
    else lastS = yield* playSinus(play, lastS, startS);
    startS = stretch.untilS;
  }
}

interface Play {
  readonly stretch: RhythmStretch;
  readonly random: Random;
  readonly variation: (timeS: number) => number;
}

const sinus = (timeS: number, rrS: number): PlannedBeat => ({
  timeS,
  form: 'normal',
  atrialScale: 1,
  atrialShiftMs: 0,
  adaptedRrS: rrS,
  symbol: 'N',
  rhythm: '(N',
});

const ventricular = (timeS: number, rrS: number, form: BeatForm): PlannedBeat => ({
  ...sinus(timeS, rrS),
  form,
  atrialScale: 0,
  symbol: 'V',
});

/** A sinus impulse that meets refractory ventricles: its P wave alone. */
const blockedSinus = (timeS: number, rrS: number): PlannedBeat => ({
  ...sinus(timeS, rrS),
  form: null,
  symbol: null,
});

function sinusInterval({ stretch, random, variation }: Play, timeS: number): number {
  const mean = 60 / stretch.heartRateBpm;
  return mean * (1 + SINUS_VARIATION * variation(timeS) + 0.008 * random.normal());
}

function* playSinus(play: Play, fromS: number, startS: number): Generator<PlannedBeat, number> {
  const { stretch, random } = play;
  const events = stretch.ectopy ?? [];
  const spacingS = (stretch.untilS - startS) / (events.length + 1);
  let lastS = fromS;
  let played = 0;
  for (;;) {
    const rrS = sinusInterval(play, lastS);
    if (played < events.length && lastS >= startS + spacingS * (played + 1)) {
      lastS = yield* playEvent(events[played++]!, lastS, rrS, random);
      continue;
    }
    if (lastS + rrS >= stretch.untilS) return lastS;
    lastS += rrS;
    const beat = sinus(lastS, rrS);
    yield stretch.rhythm === 'lbbb' ? { ...beat, form: 'lbbb', symbol: 'L' } : beat;
  }
}

/** @returns the R peak of the last beat played */
function* playEvent(
  event: EctopicEvent,
  lastS: number,
  rrS: number,
  random: Random,
): Generator<PlannedBeat, number> {
  if (event === 'pac') {
    const timeS = lastS + random.between(0.6, 0.68) * rrS;
    yield {
      ...sinus(timeS, rrS),
      atrialScale: 0.8,
      atrialShiftMs: 12,
      symbol: 'A',
    };
    // The premature impulse resets the sinus node: a pause, but less than a compensatory one.
    const pauseS = random.between(1.05, 1.14) * rrS;
    yield sinus(timeS + pauseS, rrS);
    return timeS + pauseS;
  }
  const form = event === 'couplet' ? 'pvcLeft' : 'pvcRight';
  const count = { pvc: 1, couplet: 2, run: 4 }[event];
  const beats: PlannedBeat[] = [];
  let timeS = lastS + random.between(0.56, 0.64) * rrS;
  for (let i = 0; i < count; i++) {
    const beat = ventricular(timeS, rrS, form);
    beats.push(event === 'run' ? { ...beat, rhythm: '(VT' } : beat);
    timeS += random.between(0.37, 0.41);
  }
  const lastEctopicS = beats.at(-1)!.timeS;
  // The sinus node keeps its beat: the first impulse that finds the ventricles recovered is conducted.
  let sinusS = lastS + rrS;
  while (sinusS < lastEctopicS + 0.8 * rrS) {
    beats.push(blockedSinus(sinusS, rrS));
    sinusS += rrS;
  }
  beats.push(sinus(sinusS, rrS));
  yield* beats.sort((a, b) => a.timeS - b.timeS);
  return sinusS;
}

function* playBigeminy(play: Play, fromS: number): Generator<PlannedBeat, number> {
  let lastS = fromS;
  for (;;) {
    const rrS = sinusInterval(play, lastS);
    if (lastS + 2 * rrS >= play.stretch.untilS) return lastS;
    for (const beat of playEvent('pvc', lastS, rrS, play.random)) yield { ...beat, rhythm: '(B' };
    lastS += 2 * rrS;
  }
}

function* playFibrillation(play: Play, fromS: number): Generator<PlannedBeat, number> {
  const { stretch, random } = play;
  const meanS = 60 / stretch.heartRateBpm;
  let lastS = fromS;
  let adaptedRrS = meanS;
  for (;;) {
    const rrS = Math.min(
      AF_LONGEST_S,
      Math.max(AF_SHORTEST_S, meanS * Math.exp(AF_SPREAD * random.normal())),
    );
    if (lastS + rrS >= stretch.untilS) return lastS;
    lastS += rrS;
    adaptedRrS += 0.3 * (rrS - adaptedRrS);
    yield { ...sinus(lastS, adaptedRrS), atrialScale: 0, rhythm: '(AFIB' };
  }
}
