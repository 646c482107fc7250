import { isDeepStrictEqual } from 'node:util';
import {
  SAME_BEAT_S,
  type Finding,
  type FindingDecision,
  type FindingThresholds,
} from '../../shared/domain';
import type { ActOf } from './by-hand';
import type { Found } from './found';

/** What was found stays between acts, most of it as it was: ids and findings of it are made once. */
const ids = new WeakMap<Found, string>();

/** Kind and start in milliseconds; leads apart where it speaks of leads. */
export function idOf(found: Found): string {
  const known = ids.get(found);
  if (known !== undefined) return known;
  const { kind, startS, leads } = found;
  const of = leads ? `/${leads.join('+')}` : '';
  const id = `${kind}@${Math.round(1000 * startS)}${of}`;
  ids.set(found, id);
  return id;
}

/**
 * Findings with what the reader said of them. A decision finds its finding by id, or else the one of its kind that it
 * overlaps most: a beat that was corrected may have moved the start. The finding then keeps the id of the decision.
 * @param taken ids of rejected findings, where beats that were set later make one of the same kind again
 */
export function decided(
  found: readonly Found[],
  decisions: readonly FindingDecision[],
  thresholds: FindingThresholds,
  taken: ReadonlySet<string> = new Set(),
  actOf: ActOf = () => null,
): Finding[] {
  const idsNow = found.map((one) => (taken.has(idOf(one)) ? `${idOf(one)}/again` : idOf(one)));
  const decisionOf = new Map<number, FindingDecision>();
  const byId = new Map(idsNow.map((id, i) => [id, i]));
  const unmatched: FindingDecision[] = [];
  for (const decision of decisions) {
    const i = byId.get(decision.id);
    if (i === undefined) unmatched.push(decision);
    else decisionOf.set(i, decision);
  }
  if (unmatched.length > 0) matchByPlace(found, unmatched, decisionOf);
  return found.map((one, i) => {
    const decision = decisionOf.get(i) ?? seenDecision(one, idsNow[i]!, actOf);
    return finding(one, decision?.id ?? idsNow[i]!, decision, thresholds);
  });
}

/** A finding whose beats were all set by hand has been seen. */
function seenDecision(found: Found, id: string, actOf: ActOf): FindingDecision | null {
  const act = found.seenAt === undefined ? null : actOf(found.seenAt);
  if (!act) return null;
  const { kind, startS, endS } = found;
  const { reader, atMs } = act;
  return { id, kind, startS, endS, state: 'confirmed', note: '', rejectedAs: null, reader, atMs };
}

/** A finding that the reader rejected and that is therefore no longer found. */
export function rejectedFinding(
  found: Found,
  decision: FindingDecision,
  thresholds: FindingThresholds,
): Finding {
  return finding(found, decision.id, decision, thresholds);
}

function matchByPlace(
  found: readonly Found[],
  decisions: readonly FindingDecision[],
  decisionOf: Map<number, FindingDecision>,
): void {
  const free = new Map<string, number[]>();
  found.forEach(({ kind }, i) => {
    if (decisionOf.has(i)) return;
    const ofKind = free.get(kind);
    if (ofKind) ofKind.push(i);
    else free.set(kind, [i]);
  });
  for (const decision of decisions) {
    let best = -1;
    let most = 0;
    for (const i of free.get(decision.kind) ?? []) {
      if (decisionOf.has(i)) continue;
      const shared = sharedS(found[i]!, decision);
      if (shared <= most) continue;
      best = i;
      most = shared;
    }
    if (best >= 0) decisionOf.set(best, decision);
  }
}

/** Seconds that two share, each widened by how far a beat may have been moved. */
function sharedS(
  one: { startS: number; endS: number },
  other: { startS: number; endS: number },
): number {
  return Math.min(one.endS, other.endS) - Math.max(one.startS, other.startS) + SAME_BEAT_S;
}

interface Made {
  readonly decision: FindingDecision | null;
  readonly thresholds: FindingThresholds;
  readonly finding: Finding;
}
const madeOf = new WeakMap<Found, Made>();

/** The same object for the same decision on the same: who holds lists against each other sees at once what changed. */
function finding(
  found: Found,
  id: string,
  decision: FindingDecision | null,
  thresholds: FindingThresholds,
): Finding {
  const known = madeOf.get(found);
  const isSame =
    known?.finding.id === id &&
    known.thresholds === thresholds &&
    sayTheSame(known.decision, decision);
  if (isSame) return known.finding;
  const made = { decision, thresholds, finding: newFinding(found, id, decision, thresholds) };
  madeOf.set(found, made);
  return made.finding;
}

function sayTheSame(one: FindingDecision | null, other: FindingDecision | null): boolean {
  if (one === other) return true;
  return (
    one?.state === other?.state &&
    one?.note === other?.note &&
    one?.reader === other?.reader &&
    one?.atMs === other?.atMs &&
    one?.rejectedAs === other?.rejectedAs &&
    isDeepStrictEqual(one?.blind, other?.blind)
  );
}

function newFinding(
  {
    kind,
    startS,
    endS,
    beats,
    rateBpm,
    couplingMs = null,
    probability,
    reason,
    leads,
    qrsMs,
    isPressing = false,
  }: Found,
  id: string,
  decision: FindingDecision | null,
  thresholds: FindingThresholds,
): Finding {
  return {
    id,
    kind,
    startS,
    endS,
    durationS: endS - startS,
    beats,
    rateBpm,
    couplingMs,
    ...(probability !== undefined && { probability }),
    ...(reason !== undefined && { reason }),
    ...(qrsMs !== undefined && { qrsMs }),
    urgent: isPressing || isUrgent({ kind, startS, endS, beats }, thresholds),
    state: decision?.state ?? 'open',
    note: decision?.note ?? '',
    reader: decision?.reader ?? null,
    decidedAtMs: decision?.atMs ?? null,
    ...(decision?.rejectedAs && { rejectedAs: decision.rejectedAs }),
    ...(leads && { leads: [...leads] }),
    ...(decision?.blind && { blind: decision.blind }),
  };
}

function isUrgent(
  { kind, startS, endS, beats }: Pick<Found, 'kind' | 'startS' | 'endS' | 'beats'>,
  { urgentPauseS, urgentRunBeats }: FindingThresholds,
): boolean {
  if (kind === 'asystole' || kind === 'af') return true;
  if (kind === 'pause') return endS - startS >= urgentPauseS;
  return kind === 'ventricular-tachycardia' && beats >= urgentRunBeats;
}
