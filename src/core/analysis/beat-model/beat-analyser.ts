import { err, ok, type BeatColumns, type Result } from '../../../shared/domain';
import { segmentGrid } from '../../dsp';
import type { Analyser, AnalyserInput, AnalyserUpdate } from '../analyser';
import {
  answerBeats,
  beatClassOf,
  poolSegment,
  saysNothing,
  type BeatAnswers,
} from './beat-answers';
import { leadsOf } from '../../recordings/recording-info';
import { createEpisodeFinder } from './beat-episodes';
import { attendBeats, explainBeats } from '../overlays/beat-explain';
import { voteByForm } from './vote-by-form';
import { strictBeats } from './strict-beats';
import { isStrip } from '../../beats/strip';
import { beatsIn } from '../beats-in';
import { beatPlan, readStretch, type BeatPlan } from './beat-plan';
import { stretchesOf } from './beat-stretch';
import type { BeatTaskOutput } from './beat-task';
import { createPacedFinder } from './paced-episodes';
import { answerSegments } from './beat-segments';
import { beatTrial } from './beat-trial';
import { inOrder } from '../in-order';
import { withProgress } from '../with-progress';

/** One stretch is inferred while the next is being read: both cores work, and memory stays at two stretches. */
const STRETCHES_AHEAD = 2;
/** Share of the work on a stretch that is done once its beats are found; the rest is the network's. */
const FOUND_DONE = 0.5;
/** Two stretches detect the beats at their border each for itself; beats nearer than this are one. */
const SAME_BEAT_S = 0.15;

interface AnsweredStretch extends BeatTaskOutput {
  readonly answers: BeatAnswers;
  readonly startS: number;
  readonly endS: number;
}

/**
 * Models that read heartbeats in the company of their neighbours (`beat-attention`): recording -> stretches of
 * minutes -> beats -> network -> classes, segments and episodes of fibrillation.
 */
export const beatAnalyser: Analyser = {
  findsBeats: true,

  plan(input) {
    const plan = beatPlan(input);
    if (!plan.ok) return plan;
    const { durationS, windowS, hopS } = plan.value;
    const { recording, lead } = input;
    return ok({
      segmentsTotal: segmentGrid(durationS, windowS, hopS, 'flush').count,
      lead: lead === null ? null : { index: lead, name: leadsOf(recording)[lead]!.name },
    });
  },

  async *run(input) {
    const plan = beatPlan(input);
    if (!plan.ok) {
      yield plan;
      return;
    }
    const stretches = stretchesOf(plan.value.durationS);
    const { durationS, parameters } = plan.value;
    const episodes = createEpisodeFinder(durationS, parameters.strip?.fibrillationMean);
    const pacing = createPacedFinder();
    let lastBeatS = -Infinity;
    const shares = stretches.map(() => 0);
    const answered = withProgress((report) =>
      inOrder(stretches.length, STRETCHES_AHEAD, (i) =>
        answerStretch(input, plan.value, i, (done) => {
          shares[i] = done;
          report(shares.reduce((sum, share) => sum + share, 0) / stretches.length);
        }),
      ),
    );
    for await (const told of answered) {
      if ('done' in told) {
        const update: AnalyserUpdate = { kind: 'progress', done: told.done };
        yield ok(update);
        continue;
      }
      const stretch = told.value;
      if (!stretch.ok) {
        yield stretch;
        return;
      }
      const beats = beatsOf(stretch.value, plan.value, lastBeatS);
      if (beats.timeS.length > 0) lastBeatS = beats.timeS[beats.timeS.length - 1]!;
      const found = [
        ...episodes.push(beats.seenS, beats.fibrillation),
        ...pacing.push(beats.timeS, beats.paced),
      ];
      const updates: AnalyserUpdate[] = [
        { kind: 'beats', beats: beats.columns },
        { kind: 'unlike', ...beats.unlike },
        { kind: 'segments', ...answerSegments(stretch.value, plan.value, input.model.card) },
      ];
      if (found.length > 0) updates.push({ kind: 'episodes', episodes: found });
      updates.push(...leadQuality(plan.value, stretch.value));
      for (const update of updates) yield ok(update);
    }
    const rest = [...episodes.finish(), ...pacing.finish()];
    if (rest.length > 0) {
      const update: AnalyserUpdate = { kind: 'episodes', episodes: rest };
      yield ok(update);
    }
  },

  explain: (input, segment) => explainBeats(input, segment),
  attend: attendBeats,
  trial: beatTrial,
};

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

async function answerStretch(
  input: AnalyserInput,
  plan: BeatPlan,
  index: number,
  report: (done: number) => void,
): Promise<Result<AnsweredStretch>> {
  if (input.signal.aborted) return err('cancelled', 'The analysis was cancelled.');
  const stretch = stretchesOf(plan.durationS)[index]!;
  const read = await readStretch(input, plan, stretch, (done) => report(FOUND_DONE * done));
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
  return ok({ ...read.value, answers: answers.value, startS: stretch.startS, endS: stretch.endS });
}

interface BeatsAnswered {
  readonly timeS: Float64Array;
  /** Of the beats that some lead shows, and their probability of fibrillation. */
  readonly seenS: Float64Array;
  readonly fibrillation: Float32Array;
  /** [beats]. */
  readonly paced: Uint8Array;
  readonly columns: BeatColumns;
  /** Beats of forms unlike those that the networks learned from, of all that some lead shows. */
  readonly unlike: { readonly beats: number; readonly of: number };
}

function beatsOf(
  { tokens, answers, windows, unlike, startS, endS }: AnsweredStretch,
  plan: BeatPlan,
  lastBeatS: number,
): BeatsAnswered {
  const own: number[] = [];
  tokens.timeS.forEach((time, beat) => {
    const inStretch = time >= startS && (time < endS || endS >= plan.durationS);
    if (inStretch && time - lastBeatS >= SAME_BEAT_S) own.push(beat);
  });
  const { classes: names, strip } = plan.parameters;
  const byForm = voteByForm(answers.classes, names, tokens.forms);
  const voted =
    strip && isStrip(plan.durationS) ? strictBeats(byForm, names, strip.shiftLogit) : byForm;
  const classes = own.map((beat) => {
    // AAMI counts paced beats as Q (EC57); so are those that cannot be told.
    if (saysNothing(tokens, beat))
      return { beatClass: plan.parameters.classes.length - 1, confidence: tokens.paced[beat]! };
    return beatClassOf({ classes: voted }, beat, plan.parameters);
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
    seenS: Float64Array.from(seen, (beat) => tokens.timeS[beat]!),
    unlike: { beats: seen.filter((beat) => unlike[beat] === 1).length, of: seen.length },
    fibrillation: Float32Array.from(seen, (beat) => answers.fibrillation[beat]!),
    columns: {
      timeS,
      beatClass: Uint8Array.from(classes, ({ beatClass }) => beatClass),
      confidence: Float32Array.from(classes, ({ confidence }) => confidence),
      attention: Float32Array.from(own, (beat) => attention[beat]!),
    },
  };
}
