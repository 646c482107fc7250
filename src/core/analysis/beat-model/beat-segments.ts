import type { ModelCard, Segment, TimeSpan } from '../../../shared/domain';
import type { BeatTokens } from '../../beats/features';
import { bestOf, hasNoise, isOffIn, type StretchQuality } from '../../beats/quality';
import { stillnessOf } from '../standstill';
import type { BeatShares, SegmentWindow } from '../types';
import { logistic, poolSegment, taskFor, type BeatAnswers } from './beat-answers';
import { EPISODE_S, episodesOf, smoothed } from './beat-episodes';
import type { BeatPlan } from './beat-plan';
import type { BeatTaskOutput } from './beat-task';
import { judgeBeats } from './beat-verdict';
import type { CalledBeats } from './called-beats';
import { beatsIn } from '../beats-in';
import { variesAsSinus } from './sinus-arrhythmia';
import { stripRhythm } from './strip-rhythm';

/** An interval this long against the patient's normal RR, and this long at all, is a pause: a beat is missing. */
const PAUSE = { ofNormal: 1.8, shortestS: 1.2 } as const;

/** Beats of a stretch, and what the networks say of them. */
export interface AnsweredBeats extends BeatTaskOutput {
  readonly answers: BeatAnswers;
  readonly called: CalledBeats;
  /** What the network of strips says (`askStrip`); null where there is none, or the stretch is not a whole strip. */
  readonly stripLogit: number | null;
}

/**
 * The segments of a stretch: what the network says of each, of ectopic beats and of fibrillation, and the rules for
 * what it cannot see (`judgeBeats`).
 */
export function answerSegments(
  {
    tokens,
    answers,
    called,
    windows,
    quality,
    leadLevels,
    restless,
    pLikeness,
    stripLogit,
  }: AnsweredBeats,
  plan: Pick<BeatPlan, 'task' | 'parameters' | 'durationS'>,
  card: ModelCard,
): { segments: Segment[]; attention: (BeatShares | null)[] } {
  const { timeS, seen } = tokens;
  const ectopyTask = taskFor(plan.parameters, 'ectopy', plan.durationS);
  const ectopyOf = { attention: answers.ectopyAttention, score: answers.ectopyScore };
  const isEctopyAsked = plan.task.attention === 'ectopyAttention';
  const ventricular = plan.parameters.classes.indexOf('V');
  const rhythm = rhythmOf(tokens, answers.fibrillation, { pLikeness, stripLogit }, plan);
  const normal = plan.parameters.classes.indexOf('N');
  const connected = bestOf(leadLevels, quality.startS);
  const attention: (BeatShares | null)[] = [];
  const segments = windows.map((window) => {
    const { startS, endS } = window;
    const [first, end] = beatsIn(timeS, startS, endS);
    const isSeen = seen.subarray(first, end).includes(1);
    const answer = isSeen ? poolSegment(answers, first, end, plan.task) : null;
    attention.push(answer && { timeS: timeS.slice(first, end), share: answer.attention });
    // Beats were found, but not one that could be told from noise or lies whole in the recording.
    const isDoubtful = end > first && !isSeen && window.unreadable === null;
    const judged: SegmentWindow = isDoubtful ? { ...window, unreadable: 'noise' } : window;
    const still = stillnessOf(timeS, window, quality, restless);
    return judgeBeats(
      judged,
      {
        probability: answer && logistic(answer.marginLogit),
        ectopy: isSeen ? logistic(poolSegment(ectopyOf, first, end, ectopyTask).marginLogit) : null,
        af: rhythm.af(startS, endS),
        isFibrillating: !isEctopyAsked && rhythm.isFibrillating(startS, endS),
        isSinus: rhythm.isSinus(startS, endS),
        isDisputed: !isEctopyAsked && rhythm.isDisputed,
        ventricularInARow: inARow(called.beatClass.subarray(first, end), ventricular),
        variesAsSinus: () =>
          !isEctopyAsked &&
          called.beatClass.subarray(first, end).every((own) => own === normal) &&
          variesAsSinus(tokens, pLikeness, [first, end]),
        longestGapS: still.gapS,
        isRestless: still.isRestless,
        pauseS: isEctopyAsked
          ? 0
          : longestPause(tokens, [first, end], { quality, connected, restless }),
      },
      card,
    );
  });
  return { segments, attention };
}

/** Most beats of a class that follow each other. */
function inARow(beatClass: Uint8Array, wanted: number): number {
  let most = 0;
  let now = 0;
  for (const own of beatClass) {
    now = own === wanted ? now + 1 : 0;
    most = Math.max(most, now);
  }
  return most;
}

/** Fibrillation in the stretch, by the beats that some lead shows. */
function rhythmOf(
  { timeS, seen }: BeatTokens,
  fibrillation: Float32Array,
  { pLikeness, stripLogit }: Pick<AnsweredBeats, 'pLikeness' | 'stripLogit'>,
  { durationS, parameters }: Pick<BeatPlan, 'durationS' | 'parameters'>,
): {
  af(startS: number, endS: number): number | null;
  isFibrillating(startS: number, endS: number): boolean;
  /** The network takes it for fibrillation, and it is sinus rhythm. */
  isSinus(startS: number, endS: number): boolean;
  /** Of a strip, what its beats say and the whole does not (`stripRhythm`). */
  readonly isDisputed: boolean;
} {
  const isSeen = (_: number, beat: number): boolean => seen[beat] === 1;
  const seenS = timeS.filter(isSeen);
  const probability = fibrillation.filter(isSeen);
  const mean = smoothed(probability);
  const strip = stripRhythm(probability, stripLogit, durationS, parameters.strip);
  const beats = { timeS: seenS, probability, pLikeness: pLikeness.filter(isSeen), stripLogit };
  const found = episodesOf(beats, durationS, parameters.strip);
  const fillsHalf = (startS: number, endS: number, rhythm: string, shortestS: number): boolean =>
    found.some((episode) => {
      const { startS: from, endS: to } = episode;
      if (episode.rhythm !== rhythm || to - from < shortestS) return false;
      return Math.min(endS, to) - Math.max(startS, from) >= (endS - startS) / 2;
    });
  return {
    af(startS, endS) {
      const [first, end] = beatsIn(seenS, startS, endS);
      if (end === first) return null;
      if (strip) return strip.probability;
      return mean.subarray(first, end).reduce((sum, value) => sum + value, 0) / (end - first);
    },
    isFibrillating: (startS, endS) =>
      fillsHalf(startS, endS, '(AFIB', Math.min(EPISODE_S, durationS)),
    isSinus: (startS, endS) => fillsHalf(startS, endS, '(N', 0),
    isDisputed: strip?.isDisputed === true,
  };
}

/** Longest pause, in s, that ends with one of the beats [first, end); 0 where there is none. */
function longestPause(
  { timeS, seen, rhythm }: BeatTokens,
  [first, end]: readonly [number, number],
  {
    quality,
    connected,
    restless,
  }: {
    readonly quality: StretchQuality;
    /** The best of the leads with pauses told from leads that are off (`connectedSeconds`). */
    readonly connected: StretchQuality;
    readonly restless: readonly TimeSpan[];
  },
): number {
  const width = rhythm.length / Math.max(1, timeS.length);
  let longest = 0;
  for (let beat = Math.max(1, first); beat < end; beat++) {
    const rrS = timeS[beat]! - timeS[beat - 1]!;
    const normalS = rhythm[beat * width + 2]!;
    const isPause = rrS >= PAUSE.shortestS && rrS >= PAUSE.ofNormal * normalS;
    if (!isPause || rrS <= longest || seen[beat] !== 1 || seen[beat - 1] !== 1) continue;
    const [from, to] = [timeS[beat - 1]!, timeS[beat]!];
    if (hasNoise(quality, from, to) || isOffIn(connected, from, to)) continue;
    if (!restless.some(({ startS }) => startS === from)) longest = rrS;
  }
  return longest;
}
