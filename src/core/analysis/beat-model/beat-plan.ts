import { METHODS } from '../../../shared/contract';
import { ok, type Band, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import type { WorkLane } from '../../workers/types';
import type { TrialInput } from '../analyser';
import { beatLeads } from './beat-leads';
import { taskFor, type BeatTask } from './beat-answers';
import { beatParameters, type BeatParameters } from './beat-parameters';
import type { StretchSpan } from './beat-stretch';
import { beatTask, type BeatTaskOutput } from './beat-task';

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

/** Beats of one stretch and the segments that start in it, made in a worker thread, which tells how far it is. */
export function readStretch(
  { recording, pool, signal }: TrialInput,
  { leads, durationS, windowS, hopS, band }: BeatPlan,
  stretch: StretchSpan,
  onProgress?: (done: number) => void,
  lane: WorkLane = METHODS['analysis.start'].lane,
): Promise<Result<BeatTaskOutput>> {
  return pool.run(
    beatTask,
    {
      path: recording.path,
      leads,
      durationS,
      windowS,
      hopS,
      grid: 'flush',
      stretch,
      band,
    },
    { lane, signal, ...(onProgress ? { onProgress } : {}) },
  );
}
