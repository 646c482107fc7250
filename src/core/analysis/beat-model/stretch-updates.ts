import {
  ok,
  type BeatColumns,
  type ModelCard,
  type Result,
  type RhythmEpisode,
  type TimeSpan,
} from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import type { AnalyserInput, AnalyserUpdate } from '../analyser';
import { beatsIn } from '../beats-in';
import { answerBeats, poolSegment } from './beat-answers';
import { createEpisodeFinder, type RhythmBeats } from './beat-episodes';
import { readStretch, type BeatPlan, type StretchReader } from './beat-plan';
import { answerSegments, type AnsweredBeats } from './beat-segments';
import type { StretchSpan } from './beat-stretch';
import { callBeats } from './called-beats';
import { withoutLoneV } from './lone-beats';
import { createPacedFinder } from './paced-episodes';
import { askStrip } from './strip-rhythm';

/** Share of the work on a stretch that is done once its beats are found; the rest is the network's. */
const FOUND_DONE = 0.5;
/** Two stretches detect the beats at their border each for itself; those nearer than this are one. */
export const BORDER_BEAT_S = 0.15;

export interface AnsweredStretch extends AnsweredBeats {
  readonly startS: number;
  readonly endS: number;
}

/** Takes the stretches of a recording in order, and says of each what was found in it. */
export interface StretchUpdates {
  of(stretch: AnsweredStretch): AnalyserUpdate[];
  /** What lasts to the end of the last stretch. */
  finish(): AnalyserUpdate[];
}

export function createStretchUpdates(plan: BeatPlan, card: ModelCard): StretchUpdates {
  const episodes = createEpisodeFinder(plan.durationS, plan.parameters.strip);
  const pacing = createPacedFinder();
  let lastBeatS = -Infinity;
  return {
    of(stretch) {
      const beats = beatsOf(stretch, plan, lastBeatS);
      if (beats.timeS.length > 0) lastBeatS = beats.timeS[beats.timeS.length - 1]!;
      const found = [
        ...episodes.push(beats.seen).filter(isTold),
        ...pacing.push(beats.timeS, beats.paced),
      ];
      const updates: AnalyserUpdate[] = [
        { kind: 'beats', beats: beats.columns },
        { kind: 'unlike', ...beats.unlike },
        { kind: 'segments', ...answerSegments(stretch, plan, card) },
        { kind: 'restless', gaps: restlessIn(stretch) },
      ];
      if (found.length > 0) updates.push({ kind: 'episodes', episodes: found });
      return [...updates, ...leadQuality(plan, stretch)];
    },
    finish() {
      const rest = [...episodes.finish().filter(isTold), ...pacing.finish()];
      return rest.length > 0 ? [{ kind: 'episodes', episodes: rest }] : [];
    },
  };
}

/** What is sinus rhythm besides is no finding. */
const isTold = ({ rhythm }: RhythmEpisode): boolean => rhythm !== '(N';

/** Those that reach into the stretch: its neighbour sees as much of one at their border, or more. */
function restlessIn({ restless, startS, endS }: AnsweredStretch): TimeSpan[] {
  return restless.filter((gap) => gap.startS < endS && gap.endS > startS);
}

/** Quality of the leads that are read, over the seconds that begin in the stretch. */
function leadQuality(
  { leads }: BeatPlan,
  { leadLevels, quality, startS, endS }: AnsweredStretch,
): AnalyserUpdate[] {
  const fromS = Math.ceil(startS);
  const [first, end] = [fromS, Math.ceil(endS)].map((at) => Math.round(at - quality.startS));
  return leads.map((lead, i) => ({
    kind: 'quality',
    lead,
    fromS,
    level: leadLevels[i]!.slice(first, end),
  }));
}

/**
 * Reads a stretch and asks the network about its beats.
 * @param report told the share that is done, 0 to 1
 */
export async function answerStretch(
  input: AnalyserInput,
  plan: BeatPlan,
  stretch: StretchSpan,
  report: (done: number) => void = () => undefined,
  reader: StretchReader = readStretch,
): Promise<Result<AnsweredStretch>> {
  if (input.signal.aborted) return errSaid('cancelled', 'failures.analysisCancelled');
  const reading = (done: number): void => report(FOUND_DONE * done);
  const read = await reader(input, plan, stretch, reading);
  if (!read.ok) return read;
  const { model, inference, signal } = input;
  const answers = await answerBeats(
    read.value.tokens,
    model,
    plan.parameters,
    plan.task,
    inference,
    signal,
    (done) => report(FOUND_DONE + (1 - FOUND_DONE) * done),
  );
  if (!answers.ok) return answers;
  const { strip } = read.value;
  const asked = strip ? await askStrip(strip, model, plan.parameters, inference, signal) : ok(null);
  if (!asked.ok) return asked;
  const { startS, endS } = stretch;
  const named = callBeats(read.value.tokens, answers.value, plan);
  const whole = { ...read.value, answers: answers.value, called: named, stripLogit: asked.value };
  const called = withoutLoneV(whole, plan, model.card.threshold.value);
  return ok({ ...whole, called, startS, endS });
}

interface BeatsAnswered {
  readonly timeS: Float64Array;
  /** The beats that some lead shows. */
  readonly seen: RhythmBeats;
  /** [beats]. */
  readonly paced: Uint8Array;
  readonly columns: BeatColumns;
  /** Beats of forms unlike those that the networks learned from, of all that some lead shows. */
  readonly unlike: { readonly beats: number; readonly of: number };
}

function beatsOf(stretch: AnsweredStretch, plan: BeatPlan, lastBeatS: number): BeatsAnswered {
  const { tokens, answers, called, windows, unlike, pLikeness, stripLogit, startS, endS } = stretch;
  const own: number[] = [];
  tokens.timeS.forEach((time, beat) => {
    const inStretch = time >= startS && (time < endS || endS >= plan.durationS);
    if (inStretch && time - lastBeatS >= BORDER_BEAT_S) own.push(beat);
  });
  // A beat lies in two segments; what is shown is the larger share of attention.
  const attention = new Float32Array(tokens.timeS.length);
  for (const window of windows) {
    const [first, end] = beatsIn(tokens.timeS, window.startS, window.endS);
    if (window.unreadable !== null || !tokens.seen.subarray(first, end).includes(1)) continue;
    poolSegment(answers, first, end, plan.task).attention.forEach((share, i) => {
      attention[first + i] = Math.max(attention[first + i]!, share);
    });
  }
  const timeS = Float64Array.from(own, (beat) => tokens.timeS[beat]!);
  const seen = own.filter((beat) => tokens.seen[beat] === 1);
  return {
    timeS,
    paced: Uint8Array.from(own, (beat) => tokens.paced[beat]!),
    seen: {
      timeS: Float64Array.from(seen, (beat) => tokens.timeS[beat]!),
      probability: Float32Array.from(seen, (beat) => answers.fibrillation[beat]!),
      pLikeness: Float32Array.from(seen, (beat) => pLikeness[beat]!),
      stripLogit,
    },
    unlike: { beats: seen.filter((beat) => unlike[beat] === 1).length, of: seen.length },
    columns: {
      timeS,
      beatClass: Uint8Array.from(own, (beat) => called.beatClass[beat]!),
      confidence: Float32Array.from(own, (beat) => called.confidence[beat]!),
      attention: Float32Array.from(own, (beat) => attention[beat]!),
    },
  };
}
