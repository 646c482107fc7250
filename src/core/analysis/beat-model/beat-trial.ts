import { err, ok, type Result } from '../../../shared/domain';
import type { Tensors, TrialBatch } from '../../inference/types';
import type { TrialInput } from '../analyser';
import { BATCH_SEQUENCES, logistic, poolSegment, taskFor, type BeatTask } from './beat-answers';
import type { BeatParameters } from './beat-parameters';
import { beatPlan, readStretch } from './beat-plan';
import { SEQUENCE_BEATS, sequenceInputs, sequenceStarts } from './beat-sequences';
import { stretchesOf } from './beat-stretch';

/** Beats that are pooled as those of a segment are: about as many as ten seconds hold. */
const POOLED_BEATS = 12;

/** The first batch that an analysis of the recording would hand over, mask and all. */
export async function beatTrial(input: TrialInput): Promise<Result<TrialBatch>> {
  const plan = beatPlan(input);
  if (!plan.ok) return plan;
  const { parameters, durationS, hopS } = plan.value;
  const stretch = stretchesOf(durationS)[0]!;
  const read = await readStretch(input, plan.value, stretch);
  if (!read.ok) return read;
  const { tokens } = read.value;
  const starts = sequenceStarts(tokens.timeS.length);
  const part = starts.slice(0, BATCH_SEQUENCES);
  if (part.length === 0) return err('unsupported', `${input.recording.name} holds no beats.`);
  return ok({
    inputs: sequenceInputs(
      tokens,
      part.map((start) => ({ start, masked: [] })),
    ),
    segments: (part.length / starts.length) * ((stretch.endS - stretch.startS) / hopS),
    probabilities: (outputs) => beatProbabilities(outputs, parameters),
  });
}

/** Classes and fibrillation of every beat, and the segment's probability in both tasks of every dozen beats. */
export function beatProbabilities(outputs: Tensors, parameters: BeatParameters): Float32Array {
  const float = (name: string): Float32Array => outputs[name]!.data as Float32Array;
  const found: number[] = [...float('classes'), ...float('fibrillation')];
  const beats = float('fibrillation').length;
  for (const name of ['review', 'ectopy'] as const) {
    const task: BeatTask = taskFor(parameters, name, Infinity);
    const answers = { attention: float(task.attention), score: float(task.score) };
    for (let first = 0; first < beats; first += POOLED_BEATS) {
      // Beats of one sequence: the next is another place of the recording.
      const sequenceEnd = (Math.floor(first / SEQUENCE_BEATS) + 1) * SEQUENCE_BEATS;
      const end = Math.min(first + POOLED_BEATS, sequenceEnd);
      found.push(logistic(poolSegment(answers, first, end, task).marginLogit));
    }
  }
  return Float32Array.from(found);
}
