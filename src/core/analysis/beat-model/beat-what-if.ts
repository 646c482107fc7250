import { ok, type Result, type Segment, type WhatIfAnswer } from '../../../shared/domain';
import { leadsOf } from '../../recordings/recording-info';
import type { AnalyserInput } from '../analyser';
import { OTHER_BAND, shiftOf, tryChanges } from '../what-if';
import { beatPlan, readGlance, type BeatPlan } from './beat-plan';
import { answerSegments } from './beat-segments';
import { answerStretch } from './stretch-updates';

/** Read on each side: enough beats for the usual one and for what a sequence of the network wants. */
const CONTEXT_S = 60;

/** A segment as it is read, and without its first lead, with its window moved, and through another band. */
export async function whatIfOfBeats(
  input: AnalyserInput,
  segment: Segment,
): Promise<Result<WhatIfAnswer[]>> {
  const planned = beatPlan(input);
  if (!planned.ok) return planned;
  const plan = planned.value;
  const [first, ...others] = plan.leads;
  const isOnly = others.length === 0;
  const shiftS = shiftOf(segment, plan.durationS);
  const band = { lowHz: plan.band.lowHz, highHz: plan.band.highHz };
  const same = { lead: null, shiftS: 0, band };
  const read =
    (changed: Partial<BeatPlan>, startS = segment.startS) =>
    () =>
      readSegment(input, { ...plan, ...changed }, startS);
  return tryChanges(segment, [
    { ...same, change: 'as-read', read: read({}) },
    {
      ...same,
      change: 'lead',
      lead: isOnly ? null : leadsOf(input.recording)[first!]!.name,
      read: isOnly ? null : read({ leads: others }),
    },
    {
      ...same,
      change: 'window',
      shiftS,
      read: shiftS === 0 ? null : read({ hopS: Math.abs(shiftS) }, segment.startS + shiftS),
    },
    {
      ...same,
      change: 'band',
      band: OTHER_BAND,
      read: read({ band: { ...plan.band, ...OTHER_BAND } }),
    },
  ]);
}

/** The segment that starts next to a time, read with a minute on each side. */
async function readSegment(
  input: AnalyserInput,
  plan: BeatPlan,
  startS: number,
): Promise<Result<Segment>> {
  const endS = Math.min(plan.durationS, startS + plan.windowS);
  const wanted = {
    startS: Math.max(0, startS - plan.hopS / 2),
    endS,
    fromS: Math.max(0, startS - CONTEXT_S),
    toS: Math.min(plan.durationS, endS + CONTEXT_S),
  };
  const stretch = await answerStretch(input, plan, wanted, () => undefined, readGlance);
  if (!stretch.ok) return stretch;
  const { segments } = answerSegments(stretch.value, plan, input.model.card);
  const away = (one: Segment): number => Math.abs(one.startS - startS);
  return ok(segments.reduce((best, one) => (away(one) < away(best) ? one : best)));
}
