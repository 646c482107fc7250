import {
  ok,
  wayToSettle,
  type Agreement,
  type Difference,
  type Finding,
  type ReadComparison,
  type ReadDecision,
  type Result,
  type SecondRead,
} from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import { cohenKappa } from './kappa';
import { NOBODY, type Readings, type RecordingReading } from './readings';
import { FIRST_READ } from './reads-standing';
import type { PlacedFindingDecision } from './standing';
import type { Trail } from './trail';

/**
 * Two finished reads of a recording beside each other: how they agree over the events that both decided, and over the
 * segments, and on which events they differ.
 * @param second whose second read; null for the one that began last
 * @returns `not-found` where there is no second read, `conflict` while it goes on
 */
export async function compareReads(
  analysisId: string,
  second: string | null,
  { trail, readings }: { readonly trail: Trail; readonly readings: Readings },
): Promise<Result<ReadComparison>> {
  const reads = trail.standing(analysisId).reads.all();
  const read = second === null ? reads.at(-1) : reads.find(({ reader }) => reader === second);
  if (!read) return errSaid('not-found', 'failures.noSecondRead');
  if (read.finishedAtMs === null)
    return errSaid('conflict', 'failures.secondReadOpen', { reader: read.reader });
  const sides: RecordingReading[] = [];
  for (const whose of [FIRST_READ, read.reader, NOBODY]) {
    const reading = await readings.of(analysisId, whose);
    if (!reading.ok) return reading;
    sides.push(reading.value);
  }
  const [one, other, program] = sides as [RecordingReading, RecordingReading, RecordingReading];
  const first = trail.standing(analysisId, FIRST_READ).readers();
  const joint = trail.standing(analysisId).findingDecisions();
  const settled = new Map(
    joint.filter(({ adjudicates }) => adjudicates?.second === read.reader).map((d) => [d.id, d]),
  );
  const paired = pairs(one, other, program);
  return ok({
    first,
    second: read,
    events: agreement(
      paired.map(({ said }) => [said[0]?.state ?? null, said[1]?.state ?? null] as const),
    ),
    segments: agreementOnSegments(one, other),
    differences: paired.flatMap((pair) => differenceOf(pair, settled) ?? []),
    adjudicators: [...new Set([...settled.values()].map(({ reader }) => reader))],
  });
}

/** Differences that are still to be settled. */
export function openDifferences({ differences }: Pick<ReadComparison, 'differences'>): number {
  return differences.filter(({ adjudicated }) => adjudicated === null).length;
}

/** The second read that a report speaks of: the last that was finished. */
export function lastFinished(reads: readonly SecondRead[]): SecondRead | null {
  return reads.findLast(({ finishedAtMs }) => finishedAtMs !== null) ?? null;
}

/** An event with what each read says of it, null where it says nothing. */
interface Pair {
  readonly finding: Finding;
  readonly said: readonly [ReadDecision | null, ReadDecision | null];
}

/** Events of two reads, the same by their id, or else those of one kind that overlap. */
function pairs(one: RecordingReading, other: RecordingReading, program: RecordingReading): Pair[] {
  const [firsts, seconds, found] = [walked(one), walked(other), walked(program)];
  const left = new Map(seconds.map((finding) => [finding.id, finding]));
  const ofProgram = (wanted: Finding): boolean => found.some((it) => isSame(it, wanted));
  const exact = new Set(firsts.map(({ id }) => id).filter((id) => left.has(id)));
  const both = firsts.map((finding): Pair => {
    const same = exact.has(finding.id)
      ? left.get(finding.id)
      : [...left.values()].find((it) => !exact.has(it.id) && isSame(it, finding));
    if (same) left.delete(same.id);
    const own = said(finding);
    return { finding, said: [own, same ? said(same) : without(own, ofProgram(finding))] };
  });
  const rest = [...left.values()].map((finding): Pair => {
    const own = said(finding);
    return { finding, said: [without(own, ofProgram(finding)), own] };
  });
  return [...both, ...rest];
}

function walked({ findings }: RecordingReading): Finding[] {
  return findings.findings.filter(({ kind }) => wayToSettle(kind) === 'one-by-one');
}

function isSame(one: Finding, other: Finding): boolean {
  if (one.kind !== other.kind) return false;
  return one.id === other.id || (one.startS <= other.endS && other.startS <= one.endS);
}

function said({ state, note, rejectedAs = null, reader }: Finding): ReadDecision | null {
  return state === 'open' ? null : { state, note, rejectedAs, reader };
}

/**
 * What a read says of an event that it has not: that it is none, where the program found it and the reader's classes of
 * beats left nothing of it, or where the other read holds it to be one.
 * @param other what the read that has it says
 * @param ofProgram whether the program found it
 */
function without(other: ReadDecision | null, ofProgram: boolean): ReadDecision | null {
  const isHeld = other !== null && other.state !== 'rejected';
  return ofProgram || isHeld
    ? { state: 'rejected', note: '', rejectedAs: null, reader: null }
    : null;
}

function differenceOf(
  { finding, said: [first, second] }: Pair,
  settled: ReadonlyMap<string, PlacedFindingDecision>,
): Difference | null {
  if (!first || !second || first.state === second.state) return null;
  const made = settled.get(finding.id);
  const adjudicated = made?.adjudicates
    ? {
        state: made.state,
        note: made.note,
        rejectedAs: made.rejectedAs,
        reader: made.reader,
        take: made.adjudicates.take,
        atMs: made.atMs,
      }
    : null;
  return { finding, first, second, adjudicated };
}

function agreementOnSegments(one: RecordingReading, other: RecordingReading): Agreement {
  const [first, second] = [one, other].map(
    ({ decisions }) => new Map(decisions.map(({ segment, decision }) => [segment, decision])),
  ) as [Map<number, string>, Map<number, string>];
  const segments = new Set([...first.keys(), ...second.keys()]);
  return agreement(
    [...segments].map((index) => [first.get(index) ?? null, second.get(index) ?? null] as const),
  );
}

function agreement(said: readonly (readonly [string | null, string | null])[]): Agreement {
  const both = said.filter((pair): pair is [string, string] => !pair.includes(null));
  const table = new Map<string, Agreement['table'][number]>();
  for (const [first, second] of both) {
    const key = `${first} ${second}`;
    table.set(key, { first, second, count: (table.get(key)?.count ?? 0) + 1 });
  }
  return {
    both: both.length,
    agreed: both.filter(([first, second]) => first === second).length,
    kappa: cohenKappa(both),
    firstOnly: said.filter(([first, second]) => first !== null && second === null).length,
    secondOnly: said.filter(([first, second]) => first === null && second !== null).length,
    table: [...table.values()],
  };
}
