import { err, ok, type Overlay, type Result, type Segment } from '../../shared/domain';
import type { BeatTokens } from '../beats/features';
import type { AnalyserInput } from './analyser';
import { poolSegment, type SegmentAnswer } from './beat-answers';
import { beatsIn } from './beats-in';
import { beatPlan, readStretch, type BeatPlan } from './beat-plan';
import {
  answeringSequence,
  SEQUENCE_BEATS,
  sequenceInputs,
  sequenceStarts,
  type SequenceRun,
} from './beat-sequences';
import { stretchesOf } from './beat-stretch';
import { floatOutput } from './segment-input';

/**
 * Attention and evidence of the beats of one segment, and what leaving out each beat does to the decision: the
 * whole of the occlusion, so the control is the exact mean over the segment's beats and not a sample.
 */
export async function explainBeats(
  input: AnalyserInput,
  segment: Segment,
): Promise<Result<Overlay>> {
  const plan = beatPlan(input);
  if (!plan.ok) return plan;
  if (segment.verdict === 'Unreadable') {
    return err(
      'unsupported',
      `Segment ${segment.index + 1} of ${input.reader.name} is Unreadable (${segment.reason}); the model did not look at it.`,
    );
  }
  const stretches = stretchesOf(plan.value.durationS);
  const stretch =
    stretches.find(({ startS, endS }) => segment.startS >= startS && segment.startS < endS) ??
    stretches[stretches.length - 1]!;
  const read = await readStretch(input, plan.value, stretch);
  if (!read.ok) return read;
  const { tokens } = read.value;
  const [first, end] = beatsIn(tokens.timeS, segment.startS, segment.endS);
  const occlusion = await occlude(input, plan.value, tokens, first, end);
  if (!occlusion.ok) return occlusion;
  const { whole, drops } = occlusion.value;
  const count = end - first;
  const top = whole.attention.indexOf(Math.max(...whole.attention));
  const topDropLogit = drops[top] ?? 0;
  const randomDropLogit = drops.reduce((sum, drop) => sum + drop, 0) / Math.max(1, count);
  return ok({
    segmentIndex: segment.index,
    startS: segment.startS,
    stepS: (segment.endS - segment.startS) / Math.max(1, count),
    tokens: count,
    tokenTimesS: tokens.timeS.slice(first, end),
    heads: 1,
    attention: whole.attention,
    evidence: whole.evidence,
    marginLogit: whole.marginLogit,
    biasLogit: plan.value.task.biasLogit,
    faithfulness:
      count < 2
        ? null
        : {
            topDropLogit,
            randomDropLogit,
            faithful: topDropLogit > 0 && topDropLogit > randomDropLogit,
          },
  });
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
  tokens: BeatTokens,
  first: number,
  end: number,
): Promise<Result<SegmentAnswer>> {
  const answers = await answersUnder(asked, plan, tokens, first, end, [-1]);
  return answers.ok ? ok(answers.value[0]!) : answers;
}

/** The same, and what becomes of the decision when each of the beats is left out. */
export async function occlude(
  asked: Asked,
  plan: Pick<BeatPlan, 'task'>,
  tokens: BeatTokens,
  first: number,
  end: number,
): Promise<Result<Occlusion>> {
  const beats = Array.from({ length: end - first }, (_, i) => first + i);
  const answers = await answersUnder(asked, plan, tokens, first, end, [-1, ...beats]);
  if (!answers.ok) return answers;
  const [whole, ...without] = answers.value as [SegmentAnswer, ...SegmentAnswer[]];
  const drops = Float32Array.from(without, ({ marginLogit }) => whole.marginLogit - marginLogit);
  return ok({ whole, drops });
}

/** Runs the sequences that answer for the segment's beats, once for each beat to leave out (-1: none). */
async function answersUnder(
  { model, inference, signal }: Asked,
  { task }: Pick<BeatPlan, 'task'>,
  tokens: BeatTokens,
  first: number,
  end: number,
  masks: readonly number[],
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
      const rows: number[] = [];
      for (let beat = first; beat < end; beat++) {
        if (beat === masked) continue;
        const run = mask * sequences.length + sequences.indexOf(owner[beat]!);
        rows.push(run * SEQUENCE_BEATS + beat - runs[run]!.start);
      }
      const gather = (values: Float32Array): Float32Array => {
        const out = new Float32Array(rows.length * members);
        rows.forEach((row, i) =>
          out.set(values.subarray(row * members, (row + 1) * members), i * members),
        );
        return out;
      };
      const own = { attention: gather(attention.value), score: gather(score.value) };
      return poolSegment(own, 0, rows.length, task);
    }),
  );
}
