import { ok } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import type { AnalyserUpdate, Analyser } from '../analyser';
import { attendSegments, explainSegment } from '../overlays/explain-segment';
import { inOrder } from '../in-order';
import { judgeWindows } from './judge-windows';
import { BATCH_SEGMENTS, planSegments, readWindows } from './segment-plan';
import { segmentTrial } from './segment-trial';
import { whatIfOfSegments } from './segment-what-if';
import { createWindowStretches } from './window-stretches';

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
      if (input.signal.aborted) return errSaid('cancelled', 'failures.analysisCancelled');
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
  replacesLead: true,
  whatIf: whatIfOfSegments,
  trial: segmentTrial,
};
