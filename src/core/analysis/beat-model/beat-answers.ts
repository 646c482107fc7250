import { ok, type Result } from '../../../shared/domain';
import { isStrip } from '../../../shared/domain/strip';
import type { Inference, ModelFiles } from '../../inference/types';
import type { BeatParameters } from './beat-parameters';
import type { StretchBeats } from './beat-stretch';
import { SEQUENCE_BEATS, sequenceInputs } from './beat-sequences';
import { readsBeatsOnce, scanBatches } from './scan-batches';
import { floatOutput } from '../segment-model/segment-input';

/** Attention logit of a beat that says nothing. */
const LEFT_OUT_LOGIT = -1e9;

/** One of the questions that the network answers of a segment, and the outputs that answer it. */
export interface BeatTask {
  readonly attention: 'attention' | 'ectopyAttention';
  readonly score: 'score' | 'ectopyScore';
  readonly biasLogit: number;
  readonly members: number;
}

/** @param durationS of the recording; strips have a bias of their own */
export function taskFor(
  { segmentBiasLogit, members, strip }: BeatParameters,
  task: 'review' | 'ectopy',
  durationS: number,
): BeatTask {
  const shift = strip && isStrip(durationS) ? strip.shiftLogit : 0;
  const biasLogit = segmentBiasLogit[task] + shift;
  return task === 'review'
    ? { attention: 'attention', score: 'score', biasLogit, members }
    : { attention: 'ectopyAttention', score: 'ectopyScore', biasLogit, members };
}

/** The network's answers per beat of a stretch. */
export interface BeatAnswers {
  /** Class probabilities, [beats, classes]. */
  readonly classes: Float32Array;
  /** Probability of atrial fibrillation or flutter, [beats]. */
  readonly fibrillation: Float32Array;
  /** Attention logit of each member of the ensemble, [beats, members]. */
  readonly attention: Float32Array;
  /** Score of each member, in logits, [beats, members]. */
  readonly score: Float32Array;
  /** The same of the question `ectopy`, whatever was asked. */
  readonly ectopyAttention: Float32Array;
  readonly ectopyScore: Float32Array;
}

/**
 * Runs all sequences of a stretch; every beat is answered by the sequence in which it is nearest the middle.
 * @param onProgress called after every batch with the share that is done
 */
export async function answerBeats(
  tokens: StretchBeats,
  model: ModelFiles,
  parameters: BeatParameters,
  task: BeatTask,
  inference: Inference,
  signal: AbortSignal,
  onProgress?: (done: number) => void,
): Promise<Result<BeatAnswers>> {
  const beats = tokens.timeS.length;
  const widths = outputWidths(parameters);
  const answers = emptyAnswers(beats, widths);
  const batches = scanBatches(beats, readsBeatsOnce(model.card));
  for (const [done, rows] of batches.entries()) {
    const runs = rows.map(({ start }) => ({ start, masked: [] }));
    const outputs = await inference.run(model, 'scan', sequenceInputs(tokens, runs), signal);
    if (!outputs.ok) return outputs;
    for (const [name, width] of Object.entries(widths) as [keyof BeatAnswers, number][]) {
      const output = name === 'attention' || name === 'score' ? task[name] : name;
      const values = floatOutput(outputs.value, output, rows.length * SEQUENCE_BEATS * width);
      if (!values.ok) return values;
      rows.forEach(({ start, fromBeat, endBeat }, k) => {
        const at = (beat: number): number => (k * SEQUENCE_BEATS + beat - start) * width;
        const own = values.value.subarray(at(fromBeat), at(endBeat));
        answers[name].set(own, fromBeat * width);
      });
    }
    onProgress?.((done + 1) / batches.length);
  }
  const isLeftOut = (beat: number): boolean => saysNothing(tokens, beat);
  leaveOut(answers, isLeftOut, parameters.members);
  const ectopy = { attention: answers.ectopyAttention, score: answers.ectopyScore };
  leaveOut(ectopy, isLeftOut, parameters.members);
  return ok(answers);
}

/**
 * Takes attention and score from beats that say nothing: those that no lead shows, and paced ones, whose wide complexes
 * are the pacemaker's. A segment that holds no others is decided by the bias alone.
 */
export function leaveOut(
  { attention, score }: Pick<BeatAnswers, 'attention' | 'score'>,
  isLeftOut: (beat: number) => boolean,
  members: number,
): void {
  for (let beat = 0; beat * members < attention.length; beat++) {
    if (!isLeftOut(beat)) continue;
    attention.fill(LEFT_OUT_LOGIT, beat * members, (beat + 1) * members);
    score.fill(0, beat * members, (beat + 1) * members);
  }
}

/** Whether a beat has no part in what is concluded from a segment. */
export function saysNothing(
  { seen, paced }: Pick<StretchBeats, 'seen' | 'paced'>,
  beat: number,
): boolean {
  return seen[beat] === 0 || paced[beat] === 1;
}

export function outputWidths({
  classes,
  members,
}: BeatParameters): Record<keyof BeatAnswers, number> {
  return {
    classes: classes.length,
    fibrillation: 1,
    attention: members,
    score: members,
    ectopyAttention: members,
    ectopyScore: members,
  };
}

function emptyAnswers(beats: number, widths: Record<keyof BeatAnswers, number>): BeatAnswers {
  return {
    classes: new Float32Array(beats * widths.classes),
    fibrillation: new Float32Array(beats),
    attention: new Float32Array(beats * widths.attention),
    score: new Float32Array(beats * widths.score),
    ectopyAttention: new Float32Array(beats * widths.ectopyAttention),
    ectopyScore: new Float32Array(beats * widths.ectopyScore),
  };
}

/** What a segment's beats say together. */
export interface SegmentAnswer {
  /** logit(Abnormal): the task's `biasLogit` plus the sum of `evidence`. */
  readonly marginLogit: number;
  /** Share of the attention that fell on each beat, summing to 1, [beats of the segment]. */
  readonly attention: Float32Array<ArrayBuffer>;
  /** Each beat's signed contribution in logits, [beats of the segment]. */
  readonly evidence: Float32Array<ArrayBuffer>;
}

/**
 * Attention pooling over the beats [first, end) of a segment (Ilse, Tomczak & Welling, "Attention-based deep multiple
 * instance learning", ICML 2018): per member softmax(attention) times score, averaged over members. The decision is
 * the sum of what is shown, by construction.
 */
export function poolSegment(
  answers: Pick<BeatAnswers, 'attention' | 'score'>,
  first: number,
  end: number,
  { members, biasLogit }: Pick<BeatTask, 'members' | 'biasLogit'>,
): SegmentAnswer {
  const count = end - first;
  const attention = new Float32Array(count);
  const evidence = new Float32Array(count);
  for (let member = 0; member < members; member++) {
    const at = (beat: number): number => (first + beat) * members + member;
    let highest = -Infinity;
    for (let beat = 0; beat < count; beat++)
      highest = Math.max(highest, answers.attention[at(beat)]!);
    let total = 0;
    for (let beat = 0; beat < count; beat++)
      total += Math.exp(answers.attention[at(beat)]! - highest);
    for (let beat = 0; beat < count; beat++) {
      const share = Math.exp(answers.attention[at(beat)]! - highest) / total / members;
      attention[beat]! += share;
      evidence[beat]! += share * answers.score[at(beat)]!;
    }
  }
  return {
    marginLogit: evidence.reduce((sum, value) => sum + value, biasLogit),
    attention,
    evidence,
  };
}

/** Class and its probability of one beat; Q where no class is likely enough. */
export function beatClassOf(
  answers: Pick<BeatAnswers, 'classes'>,
  beat: number,
  { classes, uncertainBelow }: Pick<BeatParameters, 'classes' | 'uncertainBelow'>,
): { beatClass: number; confidence: number } {
  const width = classes.length;
  let best = 0;
  for (let c = 1; c < width; c++) {
    if (answers.classes[beat * width + c]! > answers.classes[beat * width + best]!) best = c;
  }
  const confidence = answers.classes[beat * width + best]!;
  return { beatClass: confidence < uncertainBelow ? width - 1 : best, confidence };
}

export function logistic(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
