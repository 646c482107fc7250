import { err, ok, type Result, type Segment } from '../../../shared/domain';
import type { AnalyserInput, AnalyserUpdate, Analyser } from '../analyser';
import { attendSegments, explainSegment } from '../overlays/explain-segment';
import { inOrder } from '../in-order';
import { BATCH_SEGMENTS, planSegments, readWindows } from './segment-plan';
import { abnormalProbabilities } from './segment-probability';
import { segmentTrial } from './segment-trial';
import { judgeStandstill } from '../standstill';
import { judge } from '../verdict';
import { createWindowStretches } from './window-stretches';
import type { WindowBatch } from './windows';

/** In each replica one batch is inferred and one waits for it, so that no graph is ever idle; memory is bounded. */
const BATCHES_AHEAD_PER_REPLICA = 2;

/** Models that read one window of one lead at a time (`attention-cnn`). */
export const segmentAnalyser: Analyser = {
  findsBeats: false,

  plan: planSegments,

  async *run(input) {
    const plan = planSegments(input);
    if (!plan.ok) {
      yield plan;
      return;
    }
    const { segmentsTotal } = plan.value;
    const windowsOf = createWindowStretches(
      (first, end) => readWindows(input, plan.value, first, end),
      segmentsTotal,
      BATCH_SEGMENTS,
    );
    const batches = Math.ceil(segmentsTotal / BATCH_SEGMENTS);
    // One more is on its way.
    const ahead = 1 + BATCHES_AHEAD_PER_REPLICA * (input.inference.replicas ?? 1);
    const results = inOrder(batches, ahead, async (batch) => {
      if (input.signal.aborted) return err('cancelled', 'The analysis was cancelled.');
      const windows = await windowsOf(batch);
      return windows.ok ? judgeWindows(input, windows.value) : windows;
    });
    for await (const segments of results) {
      if (!segments.ok) {
        yield segments;
        return;
      }
      const update: AnalyserUpdate = { kind: 'segments', segments: segments.value };
      yield ok(update);
    }
  },

  explain: (input, segment) => explainSegment(input, segment),
  attend: attendSegments,
  trial: segmentTrial,
};

async function judgeWindows(
  input: AnalyserInput,
  { windows, samples }: WindowBatch,
): Promise<Result<Segment[]>> {
  const { card } = input.model;
  const answered = await abnormalProbabilities(input, samples);
  if (!answered.ok) return answered;
  const abnormal = answered.value;
  let row = 0;
  return ok(
    windows.map((window) => {
      const probability = window.unreadable === null ? abnormal[row++]! : null;
      const { startS, endS, gapS = 0 } = window;
      const standstill = judgeStandstill(
        window,
        { probability: gapS >= endS - startS ? null : probability, gapS },
        card,
      );
      return standstill ?? judge(window, probability, card);
    }),
  );
}
