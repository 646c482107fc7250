import {
  BEAT_CLASSES,
  lowerBound,
  SAME_BEAT_S,
  type BeatClass,
  type FindingDecision,
  type FindingKind,
  type TimeSpan,
} from '../../shared/domain';
import type { Beats, TakenOut } from './beat-rows';
import type { Found } from './found';
import { extremeRate } from './slow-and-fast';

/** Whose beats a finding consists of; the rate's are all, and what is not here consists of none. */
export const CLASS_OF: Partial<Record<FindingKind, BeatClass | 'all'>> = {
  'ventricular-tachycardia': 'V',
  'ventricular-run': 'V',
  'ventricular-couplet': 'V',
  bigeminy: 'V',
  trigeminy: 'V',
  'ventricular-beat': 'V',
  'sv-run': 'S',
  'sv-couplet': 'S',
  'sv-beat': 'S',
  'fusion-beat': 'F',
  bradycardia: 'all',
  tachycardia: 'all',
};
const S = BEAT_CLASSES.indexOf('S');

/** A decision with its place in the trail, so that a later correction of a beat is not undone by it. */
export type PlacedDecision = FindingDecision & { readonly sequence?: number };

/** The beats that are left when a reader's rejections are taken at their word. */
export interface AfterRejections extends Beats, TakenOut {
  /** The rejected findings that consist of beats or intervals, and so are found no more. */
  readonly rejected: readonly { readonly decision: FindingDecision; readonly found: Found }[];
}

/**
 * Takes the beats of rejected findings out of every figure, as though that stretch could not be read; aberrant and
 * supraventricular ones become S instead. A rejected pause is no interval.
 * @param rateBeats intervals of a slow or fast rate
 */
export function afterRejections(
  { timeS, beatClass, handAt }: Beats,
  decisions: readonly PlacedDecision[],
  rateBeats: number,
): AfterRejections {
  const classes = beatClass.slice();
  const out = new Uint8Array(timeS.length);
  const gaps: TimeSpan[] = [];
  const rejected: { decision: FindingDecision; found: Found }[] = [];
  // In the order in which they were made: what one has made supraventricular another may reject.
  const inOrder = decisions
    .filter(({ state }) => state === 'rejected')
    .sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0));
  for (const decision of inOrder) {
    const { kind, startS, endS, rejectedAs, sequence = Infinity } = decision;
    if (kind === 'pause' || kind === 'asystole') {
      gaps.push({ startS, endS });
      rejected.push({ decision, found: { kind, startS, endS, beats: 0, rateBpm: null } });
      continue;
    }
    const wanted = CLASS_OF[kind];
    if (wanted === undefined) continue;
    const own: number[] = [];
    const end = lowerBound(timeS, endS + SAME_BEAT_S);
    for (let i = lowerBound(timeS, startS - SAME_BEAT_S); i < end; i++) {
      const isOwn = wanted === 'all' || BEAT_CLASSES[classes[i]!] === wanted;
      if (isOwn && out[i] === 0 && (handAt?.[i] ?? 0) < sequence) own.push(i);
    }
    const becomesS =
      wanted !== 'all' && (rejectedAs === 'aberrant' || rejectedAs === 'supraventricular');
    for (const i of own) {
      if (becomesS) classes[i] = S;
      else out[i] = 1;
    }
    rejected.push({
      decision,
      found: { ...measured(kind, timeS, own, rateBeats), kind, startS, endS },
    });
  }
  return { timeS, beatClass: classes, handAt, out, gaps, rejected };
}

function measured(
  kind: FindingKind,
  timeS: Float64Array,
  own: readonly number[],
  rateBeats: number,
): Pick<Found, 'beats' | 'rateBpm'> {
  const beats = own.length;
  if (kind === 'bradycardia' || kind === 'tachycardia') {
    const ownS = Float64Array.from(own, (i) => timeS[i]!);
    return { beats, rateBpm: extremeRate(kind, ownS, rateBeats) };
  }
  const lastsS = beats > 1 ? timeS[own.at(-1)!]! - timeS[own[0]!]! : 0;
  return { beats, rateBpm: lastsS > 0 ? (60 * (beats - 1)) / lastsS : null };
}
