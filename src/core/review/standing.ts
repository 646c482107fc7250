import { FIDUCIALS } from '../../shared/domain';
import type {
  Adjudication,
  FindingDecision,
  KeptCaliper,
  MovedFiducial,
  ReviewEdit,
  ReviewEvent,
  SegmentDecision,
} from '../../shared/domain';
import { blindOf } from './blind-answers';
import { createReadsStanding, FIRST_READ, isPartOf, type ReadsStanding } from './reads-standing';
import type { Act, Entry, PlacedSignature, Stack, TrackedAct } from './acts';
import {
  actsToKeep,
  BeyondCheckpoint,
  MOST_UNDONE,
  type StandingCheckpoint,
} from './standing-checkpoint';
import { createReportStanding, type WrittenReport } from './report-standing';

/** A decision on a finding with its place in the trail. */
export type PlacedFindingDecision = FindingDecision & {
  readonly sequence: number;
  readonly adjudicates: Adjudication | undefined;
};

/**
 * What stands of a trail: its events folded one by one, each in the time of what it is about, whatever the length of
 * the trail. Every reader undoes and redoes their own edits; a new edit forgets what its reader had undone.
 */
export interface Standing {
  /** Sequence of the last event that was folded, 0 before any. */
  readonly sequence: number;
  /** Changes with every edit of beats and every rejection: then it has to be found anew what there is. */
  readonly foundVersion: number;
  add(event: Pick<ReviewEvent, 'sequence' | 'action' | 'edit' | 'reader' | 'atMs'>): void;
  /** The edit that an undo, or a redo, of this reader is about; of anybody's the last. */
  next(action: 'undo' | 'redo', reader: string | null): ReviewEdit | null;
  segmentDecision(segment: number): SegmentDecision | null;
  /** In the order of the segments. */
  segmentDecisions(): readonly SegmentDecision[];
  findingDecision(id: string): PlacedFindingDecision | null;
  /** In the order in which their findings were first decided. */
  findingDecisions(): readonly PlacedFindingDecision[];
  /** Edits of beats in force, in order. */
  beatActs(): readonly Act[];
  /** Those of them that name one beat by this time. */
  beatEditsAt(timeS: number): ReviewEdit[];
  /** Marks of the calipers in force, in the order in which they were first set. */
  calipers(): KeptCaliper[];
  /** Marks of the averaged beat of a stretch that were moved, the last move of each. */
  movedFiducials(startS: number, endS: number): MovedFiducial[];
  /** Whose acts are in force, in the order of the first of them. */
  readers(): string[];
  readonly reads: ReadsStanding;
  /** Whether a line of the trail is this reader's. */
  hasActed(reader: string): boolean;
  /** Who made an edit, and when, by its place in the trail. */
  act(sequence: number): Act | null;
  /** What the readers set of the report, besides their decisions. */
  report(): WrittenReport;
  /** Oldest first. */
  signatures(): readonly PlacedSignature[];
  /** Acts on decisions, beats and report in force from a place in the trail on, by reader in the order of their first. */
  actsBy(afterSequence: number): ReaderActs[];
  /**
   * What stands now, to go on from without the trail before it. Of what stands of all alone.
   * @param mostUndone acts of each reader that can then be taken back
   */
  checkpoint(mostUndone?: number): StandingCheckpoint;
}

/** How much a reader did, and when last. */
export interface ReaderActs {
  readonly reader: string;
  readonly acts: number;
  readonly lastAtMs: number;
}

/**
 * @param reader whose edits stand, of a second reader those of that read; null for those of all but of second reads, the
 *   last of which wins; `FIRST_READ` for those before any second read was compared with them
 * @param from what to go on from, for all; what it does not hold throws `BeyondCheckpoint`
 */
export function createStanding(
  reader: string | null = null,
  from: StandingCheckpoint | null = null,
): Standing {
  const stacks = new Map<string, Stack>();
  const bySegment = new Map<number, Entry[]>();
  const byFinding = new Map<string, Entry[]>();
  /** Acts in force that reject a finding, by its id. */
  const rejections = new Map<string, number>(from?.rejections);
  /** Edits of single beats by the time that they name. */
  const byTime = new Map<number, Entry[]>();
  const byMeasure = new Map<string, Entry[]>();
  const bySequence = new Map<number, TrackedAct>();
  const report = createReportStanding();
  const signatures: PlacedSignature[] = [...(from?.signatures ?? [])];
  const reads = createReadsStanding(from?.reads);
  const acted = new Set<string>(from?.acted);
  /** Acts in force by reader. */
  const inForce = new Map<string, number>(from?.inForce);
  let beatActs: TrackedAct[] = [];
  let sequence = from?.sequence ?? 0;
  let foundVersion = from?.foundVersion ?? 0;
  if (from) resume(from);

  function resume({ acts, stacks: named, findings, measures }: StandingCheckpoint): void {
    // First in their order.
    for (const id of findings) byFinding.set(id, []);
    for (const key of measures) byMeasure.set(key, []);
    const placed = new Map(acts.map((act) => [act.sequence, { ...act }]));
    for (const act of placed.values()) {
      if (!act.counts) continue;
      bySequence.set(act.sequence, act);
      enter(act);
    }
    for (const { reader: name, done, undone, hidden } of named) {
      const acts = (list: readonly number[]) => list.map((of) => placed.get(of)!);
      stacks.set(name, { done: acts(done), undone: acts(undone), hidden });
    }
  }

  /** @throws BeyondCheckpoint where only the trail before the checkpoint can say */
  function mustReach(isWithin: boolean): void {
    if (!isWithin) throw new BeyondCheckpoint();
  }

  const hidesAny = (): boolean => [...stacks.values()].some(({ hidden }) => hidden > 0);

  function stackOf(name: string): Stack {
    const known = stacks.get(name);
    if (known) return known;
    const stack: Stack = { done: [], undone: [], hidden: 0 };
    stacks.set(name, stack);
    return stack;
  }

  function enter(act: TrackedAct): void {
    const { edit } = act;
    if (edit.kind === 'decide-segments') {
      edit.segments.forEach((segment, at) => push(bySegment, segment, { act, at }));
    } else if (edit.kind === 'decide-findings') {
      edit.findings.forEach(({ id }, at) => push(byFinding, id, { act, at }));
    } else if (edit.kind === 'set-caliper' || edit.kind === 'move-fiducial') {
      push(byMeasure, measureKey(edit), { act, at: 0 });
    } else if (edit.kind === 'edit-report') {
      report.enter(edit.report, () => act.state);
    } else {
      beatActs.push(act);
      if ('timeS' in edit) push(byTime, edit.timeS, { act, at: 0 });
    }
  }

  /**
   * The act that an undo or redo is about, taken off its stack. Trails of earlier versions hold some of edits that
   * another reader had made.
   */
  function taken(
    own: Stack,
    { action, edit }: Pick<ReviewEvent, 'action' | 'edit'>,
  ): TrackedAct | undefined {
    const list = action === 'undo' ? 'done' : 'undone';
    const text = JSON.stringify(edit);
    const isMeant = (stack: Stack): boolean => JSON.stringify(stack[list].at(-1)?.edit) === text;
    const isOwn = isMeant(own);
    mustReach(isOwn || !hidesAny());
    const stack = isOwn ? own : [...stacks.values()].find(isMeant);
    return stack?.[list].pop();
  }

  function tally(act: TrackedAct, more: 1 | -1): void {
    const { reader: by, edit } = act;
    if (!act.counts) return;
    inForce.set(by, (inForce.get(by) ?? 0) + more);
    if (edit.kind !== 'decide-findings' || edit.decision !== 'reject') return;
    for (const { id } of edit.findings) rejections.set(id, (rejections.get(id) ?? 0) + more);
  }

  /** What is asked for several times after a line is made once. */
  function onceALine<T>(make: () => T): () => T {
    let made: { readonly asOf: number; readonly value: T } | null = null;
    return () => {
      if (made?.asOf !== sequence) made = { asOf: sequence, value: make() };
      return made.value;
    };
  }

  /** Whether what is found depends on an edit: a decision may also take back a rejection. */
  function changesWhatIsFound({ edit, counts }: TrackedAct): boolean {
    if (!counts || !isAboutWhatIsFound(edit)) return false;
    if (edit.kind !== 'decide-findings') return true;
    const isRejected = (id: string): boolean => (rejections.get(id) ?? 0) > 0;
    return edit.decision === 'reject' || edit.findings.some(({ id }) => isRejected(id));
  }

  return {
    get sequence() {
      return sequence;
    },
    get foundVersion() {
      return foundVersion;
    },
    add(event) {
      sequence = event.sequence;
      acted.add(event.reader);
      if (event.edit.kind === 'second-read') {
        reads.step(event, event.edit);
        // What was done before is a part of one read, and nothing of it is taken back in another.
        if (event.edit.step !== 'compare') stacks.delete(event.reader);
        return;
      }
      if (reader === FIRST_READ ? reads.isCompared() : reader !== null && event.reader !== reader)
        return;
      if (event.edit.kind === 'sign-report') {
        const { reader: by, atMs } = event;
        signatures.push({ ...event.edit.signature, reader: by, atMs, sequence });
        return;
      }
      const stack = stackOf(event.reader);
      if (event.action === 'edit') {
        const { edit, reader: by, atMs } = event;
        const counts = isPartOf(reader, event, reads);
        const act: TrackedAct = { edit, sequence, reader: by, atMs, counts, state: 'in-force' };
        if (changesWhatIsFound(act)) foundVersion++;
        for (const undone of stack.undone) undone.state = 'forgotten';
        stack.undone = [];
        stack.done.push(act);
        if (!counts) return;
        tally(act, 1);
        bySequence.set(sequence, act);
        enter(act);
        return;
      }
      const isUndo = event.action === 'undo';
      const act = taken(stack, event);
      if (!act) return;
      act.state = 'in-force';
      if (changesWhatIsFound(act)) foundVersion++;
      if (isUndo) act.state = 'undone';
      tally(act, isUndo ? -1 : 1);
      (isUndo ? stack.undone : stack.done).push(act);
    },
    next(action, by) {
      const list = action === 'undo' ? 'done' : 'undone';
      const asked = by === null ? [...stacks.values()] : [stackOf(by)];
      mustReach(
        list === 'undone' || asked.every(({ done, hidden }) => done.length > 0 || hidden === 0),
      );
      const acts = asked.map((stack) => stack[list].at(-1));
      const latest = acts.reduce(
        (last, act) => (act && (!last || act.sequence > last.sequence) ? act : last),
        undefined,
      );
      return latest?.edit ?? null;
    },
    segmentDecision: (segment) => segmentDecisionOf(segment, bySegment.get(segment)),
    segmentDecisions: onceALine(() =>
      [...bySegment.entries()]
        .map(([segment, entries]) => segmentDecisionOf(segment, entries))
        .filter((decision) => decision !== null)
        .sort((a, b) => a.segment - b.segment),
    ),
    findingDecision: (id) => findingDecisionOf(id, byFinding.get(id)),
    findingDecisions: onceALine(() =>
      [...byFinding.entries()]
        .map(([id, entries]) => findingDecisionOf(id, entries))
        .filter((decision) => decision !== null),
    ),
    beatActs() {
      if (beatActs.some(({ state }) => state === 'forgotten')) {
        beatActs = beatActs.filter(({ state }) => state !== 'forgotten');
      }
      return beatActs.filter(({ state }) => state === 'in-force');
    },
    beatEditsAt: (timeS) =>
      (byTime.get(timeS) ?? [])
        .filter(({ act }) => act.state === 'in-force')
        .map(({ act }) => act.edit),
    calipers: () => [...byMeasure.values()].flatMap((entries) => caliperOf(entries) ?? []),
    movedFiducials: (startS, endS) =>
      FIDUCIALS.flatMap((fiducial) => {
        const key = measureKey({ kind: 'move-fiducial', startS, endS, fiducial });
        return movedOf(byMeasure.get(key)) ?? [];
      }),
    readers: () => [...inForce].filter(([, acts]) => acts > 0).map(([name]) => name),
    reads,
    hasActed: (name) => acted.has(name),
    act(of) {
      const act = bySequence.get(of);
      mustReach(act !== undefined || !from || of < 1 || of > from.sequence);
      return act ?? null;
    },
    report: () => report.now(),
    signatures: () => signatures,
    actsBy(afterSequence) {
      mustReach(!from || afterSequence >= from.sequence);
      const found = new Map<string, { acts: number; lastAtMs: number }>();
      for (const act of bySequence.values()) {
        if (act.sequence <= afterSequence || act.state !== 'in-force') continue;
        const { acts = 0 } = found.get(act.reader) ?? {};
        found.set(act.reader, { acts: acts + 1, lastAtMs: act.atMs });
      }
      return [...found].map(([name, done]) => ({ reader: name, ...done }));
    },
    checkpoint(mostUndone = MOST_UNDONE) {
      const entries = [bySegment, byFinding, byMeasure];
      const all = bySequence.values();
      return {
        ...{ sequence, foundVersion },
        ...actsToKeep({ stacks, entries, beatActs, all }, mostUndone),
        findings: [...byFinding.keys()],
        measures: [...byMeasure.keys()],
        rejections: [...rejections].filter(([, acts]) => acts > 0),
        inForce: [...inForce],
        acted: [...acted],
        reads: reads.all(),
        signatures: [...signatures],
      };
    },
  };
}

function isAboutWhatIsFound({ kind }: ReviewEdit): boolean {
  return (
    kind !== 'decide-segments' &&
    kind !== 'set-caliper' &&
    kind !== 'move-fiducial' &&
    kind !== 'edit-report'
  );
}

type Measure =
  | Pick<Extract<ReviewEdit, { kind: 'set-caliper' }>, 'kind' | 'id'>
  | Omit<Extract<ReviewEdit, { kind: 'move-fiducial' }>, 'atMs'>;

/** What a measurement by hand is of: the last one of it counts. Stretches are the same to a millisecond. */
function measureKey(edit: Measure): string {
  if (edit.kind === 'set-caliper') return `caliper ${edit.id}`;
  return `${edit.fiducial} ${edit.startS.toFixed(3)} ${edit.endS.toFixed(3)}`;
}

function caliperOf(entries: Entry[]): KeptCaliper | null {
  const act = lastInForce(entries)?.act;
  if (act?.edit.kind !== 'set-caliper' || !act.edit.mark) return null;
  return { ...act.edit.mark, reader: act.reader, atMs: act.atMs };
}

function movedOf(entries: Entry[] | undefined): MovedFiducial | null {
  const act = lastInForce(entries)?.act;
  if (act?.edit.kind !== 'move-fiducial') return null;
  const { fiducial, atMs } = act.edit;
  return { fiducial, atMs, reader: act.reader, movedAtMs: act.atMs };
}

function push<K>(map: Map<K, Entry[]>, key: K, entry: Entry): void {
  const entries = map.get(key);
  if (entries) entries.push(entry);
  else map.set(key, [entry]);
}

/** The last entry in force; those that are forgotten at the end of the list are dropped on the way. */
function lastInForce(entries: Entry[] | undefined): Entry | null {
  if (!entries) return null;
  while (entries.at(-1)?.act.state === 'forgotten') entries.pop();
  return entries.findLast(({ act }) => act.state === 'in-force') ?? null;
}

function segmentDecisionOf(segment: number, entries: Entry[] | undefined): SegmentDecision | null {
  const act = lastInForce(entries)?.act;
  if (act?.edit.kind !== 'decide-segments' || act.edit.decision === 'none') return null;
  const { decision, note } = act.edit;
  const { reader, atMs } = act;
  return { segment, decision, note, reader, atMs, ...blindOf(entries) };
}

const STATE_OF = { confirm: 'confirmed', reject: 'rejected', unsure: 'unsure' } as const;

function findingDecisionOf(id: string, entries: Entry[] | undefined): PlacedFindingDecision | null {
  const entry = lastInForce(entries);
  if (entry?.act.edit.kind !== 'decide-findings' || entry.act.edit.decision === 'none') return null;
  const { findings, decision, note, rejectedAs, adjudicates } = entry.act.edit;
  const { kind, startS, endS } = findings[entry.at]!;
  const { reader, atMs, sequence } = entry.act;
  const state = STATE_OF[decision];
  return {
    ...{ id, kind, startS, endS, state, note, rejectedAs, reader, atMs, sequence, adjudicates },
    ...blindOf(entries),
  };
}
