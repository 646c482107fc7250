import {
  ok,
  type Faithfulness,
  type Overlay,
  type Result,
  type Segment,
} from '../../../shared/domain';
import type { AnalyserInput, ExplainInput } from '../analyser';
import type { StretchBeats } from '../beat-model/beat-stretch';
import { leaveOut, poolSegment, saysNothing, type SegmentAnswer } from '../beat-model/beat-answers';
import { beatsIn } from '../beats-in';
import { beatPlan, type BeatPlan } from '../beat-model/beat-plan';
import { tokensOf } from '../beat-model/beat-reads';
import {
  answeringSequence,
  SEQUENCE_BEATS,
  sequenceInputs,
  sequenceStarts,
  type SequenceRun,
} from '../beat-model/beat-sequences';
import { stretchesOf, type StretchSpan } from '../beat-model/beat-stretch';
import { isElsewhere, judgeDrops, RANDOM_MASKS } from './faithfulness';
import { seededRandom } from '../../base/seeded-random';
import { notLookedAt } from './not-looked-at';
import { floatOutput } from '../segment-model/segment-input';
import type { Attended } from '../types';

/** The attended beats are the fewest that hold this share of the attention, up to half of the segment's beats. */
const ATTENDED_SHARE = 0.8;

/**
 * Attention and evidence of the beats of one segment, with the badge: leaving out the attended beats must lower
 * logit(Abnormal) by more than leaving out as many beats at random does (`judgeDrops`).
 */
export async function explainBeats(
  input: ExplainInput,
  segment: Segment,
): Promise<Result<Overlay>> {
  const plan = beatPlan(input);
  if (!plan.ok) return plan;
  if (segment.verdict === 'Unreadable') {
    return notLookedAt(segment, input.recording.name);
  }
  const stretches = stretchesOf(plan.value.durationS);
  const read = await tokensOf(input, plan.value, stretches[stretchOf(stretches, segment)]!);
  if (!read.ok) return read;
  const tokens = read.value;
  const [first, end] = beatsIn(tokens.timeS, segment.startS, segment.endS);
  const answer = await attendSegment(input, plan.value, tokens, first, end);
  if (!answer.ok) return answer;
  const { attention, evidence, marginLogit } = answer.value;
  const faithfulness = await beatBadge(input, plan.value, tokens, first, end, answer.value);
  if (!faithfulness.ok) return faithfulness;
  const count = end - first;
  return ok({
    segmentIndex: segment.index,
    startS: segment.startS,
    stepS: (segment.endS - segment.startS) / Math.max(1, count),
    tokens: count,
    tokenTimesS: tokens.timeS.slice(first, end),
    heads: 1,
    attention,
    evidence,
    marginLogit,
    biasLogit: plan.value.task.biasLogit,
    faithfulness: faithfulness.value,
  });
}

/**
 * Attention of the beats of several segments, without the badge. A stretch is read once for all of its segments.
 */
export async function attendBeats(
  input: ExplainInput,
  segments: readonly Segment[],
): Promise<Result<(Attended | null)[]>> {
  const plan = beatPlan(input);
  if (!plan.ok) return plan;
  const stretches = stretchesOf(plan.value.durationS);
  const attended = segments.map((): Attended | null => null);
  for (const index of new Set(segments.map((segment) => stretchOf(stretches, segment)))) {
    const read = await tokensOf(input, plan.value, stretches[index]!);
    if (!read.ok) return read;
    const tokens = read.value;
    for (const [place, segment] of segments.entries()) {
      if (stretchOf(stretches, segment) !== index || segment.verdict === 'Unreadable') continue;
      const [first, end] = beatsIn(tokens.timeS, segment.startS, segment.endS);
      const answer = await attendSegment(input, plan.value, tokens, first, end);
      if (!answer.ok) return answer;
      const beatTimesS = tokens.timeS.slice(first, end);
      attended[place] = { shares: answer.value.attention, stepS: 0, beatTimesS };
    }
  }
  return ok(attended);
}

/** Index of the stretch in which a segment starts. */
function stretchOf(stretches: readonly StretchSpan[], { startS }: Segment): number {
  const index = stretches.findIndex((stretch) => startS >= stretch.startS && startS < stretch.endS);
  return index < 0 ? stretches.length - 1 : index;
}

/** Deletion test of one segment's overlay (see `explainBeats`); null where there are too few beats to compare. */
export async function beatBadge(
  asked: Asked,
  plan: Pick<BeatPlan, 'task'>,
  tokens: StretchBeats,
  first: number,
  end: number,
  whole: SegmentAnswer,
): Promise<Result<Faithfulness | null>> {
  const count = end - first;
  if (count < 2) return ok(null);
  const order = Array.from(whole.attention.keys()).sort(
    (a, b) => whole.attention[b]! - whole.attention[a]!,
  );
  let held = 0;
  let size = 0;
  while (size < Math.floor(count / 2) && held < ATTENDED_SHARE)
    held += whole.attention[order[size++]!]!;
  const top = order.slice(0, size).map((beat) => first + beat);
  const random = seededRandom(first + 1);
  const controls = Array.from({ length: RANDOM_MASKS }, () => draw(random, first, end, top));
  const answers = await answersUnder(asked, plan, tokens, first, end, [top, ...controls]);
  if (!answers.ok) return answers;
  const drops = answers.value.map(({ marginLogit }) => whole.marginLogit - marginLogit);
  const [topDropLogit, ...randomDropsLogit] = drops as [number, ...number[]];
  return ok(judgeDrops(topDropLogit, randomDropsLogit));
}

/** As many different beats of [first, end) as `top` has, elsewhere. */
function draw(
  random: () => number,
  first: number,
  end: number,
  top: readonly number[],
): readonly number[] {
  const beats = Array.from({ length: end - first }, (_, i) => first + i);
  for (;;) {
    for (let i = 0; i < top.length; i++) {
      const j = i + Math.floor(random() * (beats.length - i));
      [beats[i], beats[j]] = [beats[j]!, beats[i]!];
    }
    const drawn = beats.slice(0, top.length);
    const shared = drawn.filter((beat) => top.includes(beat)).length;
    // At most half of the beats are attended, so there is such a set.
    if (isElsewhere(shared, top.length, beats.length)) return drawn;
  }
}

export interface Occlusion {
  readonly whole: SegmentAnswer;
  /** Drop of logit(Abnormal) when each beat is left out of attention and pooling, [beats of the segment]. */
  readonly drops: Float32Array;
}

type Asked = Pick<AnalyserInput, 'model' | 'inference' | 'signal'>;

/** Attention and evidence of the beats [first, end) as the analysis has them. */
export async function attendSegment(
  asked: Asked,
  plan: Pick<BeatPlan, 'task'>,
  tokens: StretchBeats,
  first: number,
  end: number,
): Promise<Result<SegmentAnswer>> {
  const answers = await answersUnder(asked, plan, tokens, first, end, [[]]);
  return answers.ok ? ok(answers.value[0]!) : answers;
}

/** The same, and what becomes of the decision when each of the beats is left out. */
export async function occlude(
  asked: Asked,
  plan: Pick<BeatPlan, 'task'>,
  tokens: StretchBeats,
  first: number,
  end: number,
): Promise<Result<Occlusion>> {
  const beats = Array.from({ length: end - first }, (_, i) => [first + i]);
  const answers = await answersUnder(asked, plan, tokens, first, end, [[], ...beats]);
  if (!answers.ok) return answers;
  const [whole, ...without] = answers.value as [SegmentAnswer, ...SegmentAnswer[]];
  const drops = Float32Array.from(without, ({ marginLogit }) => whole.marginLogit - marginLogit);
  return ok({ whole, drops });
}

/** Runs the sequences that answer for the segment's beats, once for each set of beats to leave out. */
async function answersUnder(
  { model, inference, signal }: Asked,
  { task }: Pick<BeatPlan, 'task'>,
  tokens: StretchBeats,
  first: number,
  end: number,
  masks: readonly (readonly number[])[],
): Promise<Result<SegmentAnswer[]>> {
  const { members } = task;
  if (end === first) {
    const nothing = { attention: new Float32Array(0), score: new Float32Array(0) };
    return ok(masks.map(() => poolSegment(nothing, 0, 0, task)));
  }
  const beats = tokens.timeS.length;
  const starts = sequenceStarts(beats);
  const owner = answeringSequence(beats, starts);
  const sequences = [...new Set(owner.subarray(first, end))];
  const runs: SequenceRun[] = masks.flatMap((masked) =>
    sequences.map((sequence) => ({ start: starts[sequence]!, masked })),
  );
  const outputs = await inference.run(model, 'explain', sequenceInputs(tokens, runs), signal);
  if (!outputs.ok) return outputs;
  const size = runs.length * SEQUENCE_BEATS * members;
  const attention = floatOutput(outputs.value, task.attention, size);
  if (!attention.ok) return attention;
  const score = floatOutput(outputs.value, task.score, size);
  if (!score.ok) return score;

  return ok(
    masks.map((masked, mask) => {
      const kept = beatsLeft(first, end, masked);
      const rows = kept.map((beat) => {
        const run = mask * sequences.length + sequences.indexOf(owner[beat]!);
        return run * SEQUENCE_BEATS + beat - runs[run]!.start;
      });
      const gather = (values: Float32Array): Float32Array => {
        const out = new Float32Array(rows.length * members);
        rows.forEach((row, i) =>
          out.set(values.subarray(row * members, (row + 1) * members), i * members),
        );
        return out;
      };
      const own = { attention: gather(attention.value), score: gather(score.value) };
      leaveOut(own, (i) => saysNothing(tokens, kept[i]!), members);
      return poolSegment(own, 0, rows.length, task);
    }),
  );
}

/** The beats [first, end) but those masked. */
function beatsLeft(first: number, end: number, masked: readonly number[]): number[] {
  const beats = Array.from({ length: end - first }, (_, i) => first + i);
  return beats.filter((beat) => !masked.includes(beat));
}
