import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import type { Tensors, TrialBatch } from '../../inference/types';
import type { TrialInput } from '../analyser';
import { logistic, poolSegment, taskFor, type BeatTask } from './beat-answers';
import type { BeatParameters } from './beat-parameters';
import { beatPlan, readStretch } from './beat-plan';
import { SEQUENCE_BEATS, sequenceInputs } from './beat-sequences';
import { readsBeatsOnce, scanBatches } from './scan-batches';
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
  const beats = tokens.timeS.length;
  const first = scanBatches(beats, readsBeatsOnce(input.model.card))[0];
  if (!first) return errSaid('unsupported', 'files.noBeats', { name: input.recording.name });
  const answered = first[first.length - 1]!.endBeat - first[0]!.fromBeat;
  return ok({
    inputs: sequenceInputs(
      tokens,
      first.map(({ start }) => ({ start, masked: [] })),
    ),
    segments: (answered / beats) * ((stretch.endS - stretch.startS) / hopS),
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
