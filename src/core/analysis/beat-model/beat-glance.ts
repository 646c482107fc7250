import { ok, type Result, type TimeSpan } from '../../../shared/domain';
import type { AnalyserInput, AnalyserUpdate, TrialInput } from '../analyser';
import { beatPlan, readGlance } from './beat-plan';
import type { StretchSpan } from './beat-stretch';
import { answerStretch, createStretchUpdates } from './stretch-updates';

/** Read on each side: the filter's margin, and some of the beats that a sequence of the network wants. */
const CONTEXT_S = 25;
/** Of a rehearsal: as much as is looked at in one go. */
const REHEARSED_S = 60;

/** The beats, segments and rhythm of a short span, by the network that the analysis runs, with little around it. */
export async function glanceAtBeats(
  input: AnalyserInput,
  span: TimeSpan,
): Promise<Result<AnalyserUpdate[]>> {
  const plan = beatPlan(input);
  if (!plan.ok) return plan;
  const wanted = stretchAround(span, plan.value.durationS);
  const stretch = await answerStretch(input, plan.value, wanted, () => undefined, readGlance);
  if (!stretch.ok) return stretch;
  const updates = createStretchUpdates(plan.value, input.model.card);
  return ok([...updates.of(stretch.value), ...updates.finish()]);
}

/** Reads the beginning of a recording in the thread in which `glanceAtBeats` reads, for nothing but having read. */
export async function rehearseGlance(input: TrialInput): Promise<Result<void>> {
  const plan = beatPlan(input);
  if (!plan.ok) return plan;
  const wanted = stretchAround({ startS: 0, endS: REHEARSED_S }, plan.value.durationS);
  const read = await readGlance(input, plan.value, wanted);
  return read.ok ? ok(undefined) : read;
}

function stretchAround({ startS, endS }: TimeSpan, durationS: number): StretchSpan {
  return {
    startS,
    endS: Math.min(durationS, endS),
    fromS: Math.max(0, startS - CONTEXT_S),
    toS: Math.min(durationS, endS + CONTEXT_S),
  };
}
