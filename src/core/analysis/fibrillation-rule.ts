import {
  FIBRILLATION_REASON,
  type ModelCard,
  type Segment,
  type TimeSpan,
} from '../../shared/domain';
import { WAVES_S } from '../beats/quality';
import type { SegmentWindow } from './types';

/** Windows of 3 s of a segment that have to look like fibrillation: one alone may be a moving electrode. */
const LEAST_WINDOWS = 2;

/**
 * Whether ventricular fibrillation may be in a segment, be it for a few seconds between two shocks.
 * @param waves 1 where the 3 s that begin with a second look like it (`fibrillatingWaves`), from `fromS` on
 */
export function hasFibrillatingWaves(
  waves: Uint8Array,
  fromS: number,
  { startS, endS }: TimeSpan,
): boolean {
  const first = Math.max(0, Math.round(startS - fromS));
  const end = Math.round(endS - fromS) - WAVES_S + 1;
  let found = 0;
  for (let s = first; s < end; s++) found += waves[s] ?? 0;
  return found >= LEAST_WINDOWS;
}

/**
 * The rule that no segment which may hold ventricular fibrillation is Normal, whatever a network says of it: one of 10 s
 * with a shock in it is mostly the shock's, and the waves beside it are nearly a baseline. It is Abnormal and marked for
 * a look. The rule is the recording's and holds for every model.
 * @param segment as the network and the rules before judged it
 */
export function judgeFibrillation(
  { mayFibrillate }: SegmentWindow,
  segment: Segment,
  card: Pick<ModelCard, 'threshold'>,
): Segment {
  if (!mayFibrillate || segment.verdict !== 'Normal') return segment;
  return {
    ...segment,
    verdict: 'Abnormal',
    probability: Math.max(segment.probability ?? 0, card.threshold.value),
    reason: FIBRILLATION_REASON,
    refer: true,
  };
}
