import { ok, type Result, type TimeSpan } from '../../../shared/domain';
import type { AnalyserInput, AnalyserUpdate } from '../analyser';
import { beatPlan } from './beat-plan';
import { answerStretch, createStretchUpdates } from './stretch-updates';

/** Read on each side: the filter's margin, and some of the beats that a sequence of the network wants. */
const CONTEXT_S = 25;

/** The beats, segments and rhythm of a short span, by the network that the analysis runs, with little around it. */
export async function glanceAtBeats(
  input: AnalyserInput,
  { startS, endS }: TimeSpan,
): Promise<Result<AnalyserUpdate[]>> {
  const plan = beatPlan(input);
  if (!plan.ok) return plan;
  const { durationS } = plan.value;
  const stretch = await answerStretch(input, plan.value, {
    startS,
    endS: Math.min(durationS, endS),
    fromS: Math.max(0, startS - CONTEXT_S),
    toS: Math.min(durationS, endS + CONTEXT_S),
  });
  if (!stretch.ok) return stretch;
  const updates = createStretchUpdates(plan.value, input.model.card);
  return ok([...updates.of(stretch.value), ...updates.finish()]);
}
