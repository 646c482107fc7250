import { ok } from '../../../shared/domain';
import { segmentGrid } from '../../dsp';
import { leadsOf } from '../../recordings/recording-info';
import type { Analyser, AnalyserUpdate } from '../analyser';
import { inOrder } from '../in-order';
import { attendBeats, explainBeats } from '../overlays/beat-explain';
import { withProgress } from '../with-progress';
import { glanceAtBeats, rehearseGlance } from './beat-glance';
import { beatPlan, readStretch, readStretchInParts } from './beat-plan';
import { stretchesOf } from './beat-stretch';
import { beatTrial } from './beat-trial';
import { whatIfOfBeats } from './beat-what-if';
import { answerStretch, createStretchUpdates } from './stretch-updates';

/**
 * One stretch is inferred while the next is measured and the beats of the one after it are looked for, of which no more is
 * kept than their times: all cores work, and memory stays at two stretches.
 */
const STRETCHES_AHEAD = 3;

/**
 * Models that read heartbeats in the company of their neighbours (`beat-attention`): recording -> stretches of
 * minutes -> beats -> network -> classes, segments and episodes of fibrillation.
 */
export const beatAnalyser: Analyser = {
  findsBeats: true,

  plan(input) {
    const plan = beatPlan(input);
    if (!plan.ok) return plan;
    const { durationS, windowS, hopS } = plan.value;
    const { recording, lead } = input;
    return ok({
      segmentsTotal: segmentGrid(durationS, windowS, hopS, 'flush').count,
      lead: lead === null ? null : { index: lead, name: leadsOf(recording)[lead]!.name },
    });
  },

  async *run(input) {
    const plan = beatPlan(input);
    if (!plan.ok) {
      yield plan;
      return;
    }
    const stretches = stretchesOf(plan.value.durationS);
    const found = createStretchUpdates(plan.value, input.model.card);
    const shares = stretches.map(() => 0);
    // The only stretch has no other to be read beside.
    const reader = stretches.length > 1 ? readStretchInParts : readStretch;
    const answered = withProgress((report) => {
      const told = (i: number) => (done: number) => {
        shares[i] = done;
        report(shares.reduce((sum, share) => sum + share, 0) / stretches.length);
      };
      return inOrder(stretches.length, STRETCHES_AHEAD, (i) =>
        answerStretch(input, plan.value, stretches[i]!, told(i), reader),
      );
    });
    for await (const told of answered) {
      if ('done' in told) {
        const update: AnalyserUpdate = { kind: 'progress', done: told.done };
        yield ok(update);
        continue;
      }
      if (!told.value.ok) {
        yield told.value;
        return;
      }
      for (const update of found.of(told.value.value)) yield ok(update);
    }
    for (const update of found.finish()) yield ok(update);
  },

  glance: glanceAtBeats,
  rehearse: rehearseGlance,
  explain: (input, segment) => explainBeats(input, segment),
  attend: attendBeats,
  replacesLead: false,
  whatIf: whatIfOfBeats,
  trial: beatTrial,
};
