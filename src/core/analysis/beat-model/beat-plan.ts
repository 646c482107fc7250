import { METHODS } from '../../../shared/contract';
import { ok, type Band, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import type { TaskOptions, WorkLane } from '../../workers/types';
import type { TrialInput } from '../analyser';
import { beatLeads } from './beat-leads';
import { taskFor, type BeatTask } from './beat-answers';
import { beatParameters, type BeatParameters } from './beat-parameters';
import type { StretchSpan } from './beat-stretch';
import { beatTask, type BeatTaskInput, type BeatTaskOutput } from './beat-task';
import { beatTimesTask } from './beat-times-task';

/** What an analysis by a beat model reads. */
export interface BeatPlan {
  readonly parameters: BeatParameters;
  /** The question that the segments answer: the card's scheme, or ectopy alone. */
  readonly task: BeatTask;
  /** Signal indices of the leads. */
  readonly leads: readonly number[];
  readonly durationS: number;
  readonly windowS: number;
  readonly hopS: number;
  /** What the model reads. */
  readonly band: Band;
}

export function beatPlan({ recording, model, lead, scheme }: TrialInput): Result<BeatPlan> {
  const { card } = model;
  const parameters = beatParameters(card);
  if (!parameters.ok) return parameters;
  const leads = beatLeads(recording, parameters.value.leads, lead);
  if (!leads.ok) return leads;
  const durationS = recording.durationS;
  if (!(durationS > 0))
    return errSaid('unsupported', 'failures.noSamples', { name: recording.name });
  return ok({
    parameters: parameters.value,
    task: taskFor(parameters.value, scheme === 'ectopy' ? 'ectopy' : 'review', durationS),
    leads: leads.value.map(({ index }) => index),
    durationS,
    windowS: card.windowSamples / card.samplingRateHz,
    hopS: card.hopSamples / card.samplingRateHz,
    band: card.filter,
  });
}

/** Beats of one stretch and the segments that start in it, made in worker threads, which tell how far they are. */
export type StretchReader = (
  input: TrialInput,
  plan: BeatPlan,
  stretch: StretchSpan,
  onProgress?: (done: number) => void,
) => Promise<Result<BeatTaskOutput>>;

const BULK = METHODS['analysis.start'].lane;

export const readStretch: StretchReader = (input, plan, stretch, onProgress) =>
  input.pool.run(beatTask, taskInput(input, plan, stretch), options(input, BULK, onProgress));

/** The same for a short look, ahead of the long pieces of an analysis. */
export const readGlance: StretchReader = (input, plan, stretch, onProgress) =>
  input.pool.run(beatTask, taskInput(input, plan, stretch), options(input, 'glance', onProgress));

/** Share of the work on a stretch that looking for its beats is. */
const TIMES_DONE = 0.4;

/**
 * The same in two parts, of which the first, that looks for the beats, has a thread of its own: of a recording of several
 * stretches it does so for the next while the rest is measured of this one. The samples are decoded for each part, which
 * is a fortieth of the work and shorter than to hand them over.
 */
export const readStretchInParts: StretchReader = async (input, plan, stretch, onProgress) => {
  const ask = taskInput(input, plan, stretch);
  const looking = onProgress && ((done: number): void => onProgress(TIMES_DONE * done));
  const found = await input.pool.run(beatTimesTask, ask, options(input, 'ahead', looking));
  if (!found.ok) return found;
  const measuring =
    onProgress && ((done: number): void => onProgress(TIMES_DONE + (1 - TIMES_DONE) * done));
  const known = { ...ask, foundS: found.value };
  return input.pool.run(beatTask, known, options(input, BULK, measuring));
};

function taskInput(
  { recording }: TrialInput,
  { leads, durationS, windowS, hopS, band }: BeatPlan,
  stretch: StretchSpan,
): BeatTaskInput {
  const { path } = recording;
  return { path, leads, durationS, windowS, hopS, grid: 'flush', stretch, band };
}

function options(
  { signal }: TrialInput,
  lane: WorkLane,
  onProgress?: (done: number) => void,
): TaskOptions {
  return { lane, signal, ...(onProgress ? { onProgress } : {}) };
}
