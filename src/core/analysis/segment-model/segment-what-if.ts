import { ok, type Result, type Segment, type WhatIfAnswer } from '../../../shared/domain';
import { leadsOf } from '../../recordings/recording-info';
import type { AnalyserInput } from '../analyser';
import { OTHER_BAND, shiftOf, tryChanges } from '../what-if';
import { judgeWindows } from './judge-windows';
import { planSegments, readWindows } from './segment-plan';

/** A segment as it is read, and in another lead, with its window moved, and through another band. */
export async function whatIfOfSegments(
  input: AnalyserInput,
  segment: Segment,
): Promise<Result<WhatIfAnswer[]>> {
  const plan = planSegments(input);
  if (!plan.ok) return plan;
  const { card } = input.model;
  const own = plan.value.lead!.index;
  const other = leadsOf(input.recording).find(({ index, isEcg }) => isEcg && index !== own);
  const shiftS = shiftOf(segment, input.recording.durationS);
  const { lowHz, highHz } = card.filter;
  const same = { lead: null, shiftS: 0, band: { lowHz, highHz } };
  const moved = { ...card, hopSamples: Math.abs(shiftS) * card.samplingRateHz };
  const read =
    (changed: typeof card, lead = own, index = segment.index) =>
    () =>
      readSegment(input, changed, lead, index);
  return tryChanges(segment, [
    { ...same, change: 'as-read', read: read(card) },
    {
      ...same,
      change: 'lead',
      lead: other?.name ?? null,
      read: other ? read(card, other.index) : null,
    },
    {
      ...same,
      change: 'window',
      shiftS,
      // On a grid of half the hop, or the place before the last, which is flush with the end.
      read:
        shiftS === 0
          ? null
          : read(moved, own, Math.round((segment.startS + shiftS) / Math.abs(shiftS))),
    },
    {
      ...same,
      change: 'band',
      band: OTHER_BAND,
      read: read({ ...card, filter: { ...card.filter, ...OTHER_BAND } }),
    },
  ]);
}

async function readSegment(
  input: AnalyserInput,
  card: AnalyserInput['model']['card'],
  lead: number,
  index: number,
): Promise<Result<Segment>> {
  const changed = { ...input, lead, model: { ...input.model, card } };
  const plan = planSegments(changed);
  if (!plan.ok) return plan;
  const windows = await readWindows(changed, plan.value, index, index + 1);
  if (!windows.ok) return windows;
  const judged = await judgeWindows(changed, windows.value);
  return judged.ok ? ok(judged.value[0]!) : judged;
}
