import {
  ok,
  type ImportMark,
  type Result,
  type ReviewEdit,
  type ReviewEvent,
} from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import { joinedSteps, type Step } from './joined-steps';
import { onceBegun, refusedStep } from './reads-standing';
import { createReplays, type ReplayOptions } from './replays';
import type { Standing } from './standing';
import type { Database } from './store/sql';
import { insertEventRow } from './store/event-rows';
import { eventsOf } from './trail-reads';

/**
 * The append-only audit trail of one store. Every state a reader sees is this trail, replayed. What is read is compared
 * with its chain of hashes: where a step is missing or was changed in the file, every method throws a `StoreFailure`.
 */
export interface Trail {
  events(analysisId: string): ReviewEvent[];
  /**
   * Follows the chain of a trail from its first line where only what came after a checkpoint was: for whatever leaves this
   * machine. Throws as every method does.
   */
  follow(analysisId: string): void;
  /**
   * What stands, also of what another process has written since. It is kept and goes on: ask anew instead of holding it.
   * @param reader whose edits stand; null for those of all
   */
  standing(analysisId: string, reader?: string | null): Standing;
  /** Appends an edit. Durable once it returns; `conflict` where it is meant to come after another line than the last. */
  edit(analysisId: string, edit: ReviewEdit, by: Author, together?: Together): Result<void>;
  /**
   * Appends an edit with which a reader begins their second read: both lines, or none where one of them is refused.
   * `conflict` as of `edit`.
   */
  editAsSecond(analysisId: string, edit: ReviewEdit, by: Author): Result<void>;
  /** Appends an `undo` of this reader's last edit in force; `conflict` when there is none. */
  undo(analysisId: string, by: Author): Result<void>;
  /** Appends a `redo` of the edit that this reader undid last; `conflict` when there is none. */
  redo(analysisId: string, by: Author): Result<void>;
  /**
   * Takes over the trail of an exported review, line by line and each with the mark; `conflict` when this analysis has one
   * already. The lines have to be checked before (`checkImported`).
   */
  adopt(analysisId: string, events: readonly ReviewEvent[], mark: ImportMark): Result<void>;
  /**
   * Takes over what other readers decided in another store into a trail that there is already: each as a second read of
   * their own. See `joinedSteps`, from which the errors come.
   */
  join(
    analysisId: string,
    events: readonly ReviewEvent[],
    mark: ImportMark,
    as: string | null,
  ): Result<void>;
}

/** Who acts, and on whose verdicts: the hash of the model that the reader had before them. */
export interface Author {
  readonly reader: string;
  readonly modelSha256: string;
}

/** What belongs to an edit. */
export interface Together {
  /** Sequence of the line that it comes after. */
  readonly after: number;
  /** Time of the edit, epoch milliseconds, where something else says it too. */
  readonly atMs: number;
  /** Stores what goes with it, both or neither. */
  store(): void;
}

/** More things than this in one act are told by their number. */
const MOST_LISTED = 200;

export interface TrailOptions extends ReplayOptions {
  readonly nowMs?: () => number;
  /** Told of every line that is on disk now, appended or taken over. */
  readonly onAppend?: (analysisId: string) => void;
}

export function createTrail(
  database: Database,
  { nowMs = Date.now, onAppend = () => undefined, later, onDamage }: TrailOptions = {},
): Trail {
  const replays = createReplays(database, { later, onDamage });
  const { replayed, keepCheckpoint } = replays;
  const { read, readWhole } = replays.reads;

  function stored(analysisId: string): void {
    keepCheckpoint(analysisId);
    onAppend(analysisId);
  }

  const standing = (analysisId: string, reader: string | null = null): Standing =>
    replayed(analysisId, reader);

  function append(
    analysisId: string,
    by: Author,
    choose: (now: Standing) => Result<readonly ChosenStep[]>,
    together?: Together,
  ): Result<void> {
    try {
      // Read and append under one lock: two processes on one store cannot write the same sequence number.
      const appended = database.transaction(() => {
        const now = replayed(analysisId, null);
        if (together && now.sequence !== together.after) {
          return errSaid('conflict', 'failures.decidedMeanwhile');
        }
        const chosen = choose(now);
        if (!chosen.ok) return chosen;
        const atMs = together?.atMs ?? nowMs();
        for (const step of chosen.value) {
          const event = enter(now, step, by, atMs);
          insertEvent(database, analysisId, event, read(analysisId).hash);
        }
        together?.store();
        return ok(undefined);
      });
      if (appended.ok) stored(analysisId);
      return appended;
    } catch (cause) {
      // What is kept went ahead of a commit that failed.
      replays.clear();
      throw cause;
    }
  }

  function takeOver(
    analysisId: string,
    imported: ImportMark,
    choose: (own: readonly ReviewEvent[]) => Result<readonly Step[]>,
  ): Result<void> {
    const taken = database.transaction(() => {
      const own = eventsOf(database, analysisId);
      const steps = choose(own);
      if (!steps.ok) return steps;
      let { hash } = read(analysisId);
      for (const [i, step] of steps.value.entries()) {
        const sequence = own.length + i + 1;
        hash = insertEvent(database, analysisId, { ...step, sequence, imported }, hash);
      }
      return ok(undefined);
    });
    if (taken.ok) stored(analysisId);
    return taken;
  }

  return {
    events: (analysisId) => eventsOf(database, analysisId),
    follow: (analysisId) => void readWhole(analysisId),
    standing,
    edit: (analysisId, edit, by, together) =>
      append(analysisId, by, (now) => allowed(edit, by.reader, now), together),
    editAsSecond: (analysisId, edit, by) =>
      append(analysisId, by, (now) => {
        const { reader } = by;
        const begin = { kind: 'second-read', step: 'begin', second: reader } as const;
        const begun = allowed(begin, reader, now);
        if (!begun.ok) return begun;
        const then = allowed(edit, reader, onceBegun(now, reader));
        return then.ok ? ok([...begun.value, ...then.value]) : then;
      }),
    undo: (analysisId, by) => append(analysisId, by, (now) => lastOf('undo', by.reader, now)),
    redo: (analysisId, by) => append(analysisId, by, (now) => lastOf('redo', by.reader, now)),
    adopt: (analysisId, events, mark) =>
      takeOver(analysisId, mark, (own) => wholeTrail(own, events)),
    join: (analysisId, events, mark, as) =>
      takeOver(analysisId, mark, (own) => joinedSteps(own, events, mark.from, as)),
  };
}

/** A line that is to be appended. */
type ChosenStep = Pick<ReviewEvent, 'action' | 'edit'>;

/** Folds a line into what stands. @returns the line as it is stored */
function enter(
  now: Standing,
  step: ChosenStep,
  { reader, modelSha256 }: Author,
  atMs: number,
): ReviewEvent {
  const sequence = now.sequence + 1;
  const before = touched(now, step.edit);
  now.add({ ...step, sequence, reader, atMs });
  const after = touched(now, step.edit);
  return { ...step, sequence, atMs, reader, before, after, modelSha256 };
}

function allowed(
  edit: ReviewEdit,
  reader: string,
  now: Parameters<typeof refusedStep>[2],
): Result<readonly ChosenStep[]> {
  const refused = refusedStep(edit, reader, now);
  return refused === null
    ? ok([{ action: 'edit', edit }])
    : { ok: false, error: { code: 'conflict', ...refused } };
}

function lastOf(
  action: 'undo' | 'redo',
  reader: string,
  now: Standing,
): Result<readonly ChosenStep[]> {
  const edit = now.next(action, reader);
  return edit ? ok([{ action, edit }]) : errSaid('conflict', 'failures.nothingToUndo');
}

/** Lines that begin a trail. */
function wholeTrail(
  own: readonly ReviewEvent[],
  events: readonly ReviewEvent[],
): Result<readonly Step[]> {
  if (own.length > 0) {
    return errSaid('conflict', 'failures.neverMixed');
  }
  const gap = events.findIndex((event, i) => event.sequence !== i + 1);
  return gap >= 0 ? errSaid('bad-input', 'files.trailGap', { line: gap + 1 }) : ok(events);
}

function insertEvent(
  database: Database,
  analysisId: string,
  event: ReviewEvent,
  previous: string,
): string {
  const { edit, before, after, imported, ...same } = event;
  const row = {
    ...same,
    analysisId,
    // Of an imported file it may be anything.
    atMs: Math.round(event.atMs),
    edit: JSON.stringify(edit),
    before: JSON.stringify(before ?? null),
    after: JSON.stringify(after ?? null),
    imported: imported ? JSON.stringify(imported) : null,
  };
  return insertEventRow(database, row, previous);
}

/** The part of the state that an edit is about, for the trail's before and after. */
function touched(standing: Standing, edit: ReviewEdit): unknown {
  switch (edit.kind) {
    case 'decide-segments':
      return edit.segments.map((segment) => {
        const { decision = 'none', note = '' } = standing.segmentDecision(segment) ?? {};
        return { segment, decision, note };
      });
    case 'decide-findings':
      return edit.findings.slice(0, MOST_LISTED).map(({ id }) => {
        const { state = 'open', note = '' } = standing.findingDecision(id) ?? {};
        return { id, state, note };
      });
    case 'set-caliper':
      return standing.calipers().find(({ id }) => id === edit.id) ?? null;
    case 'move-fiducial':
      return standing
        .movedFiducials(edit.startS, edit.endS)
        .filter(({ fiducial }) => fiducial === edit.fiducial);
    case 'edit-report':
      return standing.report();
    case 'sign-report':
      return { version: standing.signatures().at(-1)?.version ?? 0 };
    case 'second-read':
      return standing.reads.of(edit.second);
    case 'relabel-beats':
    case 'delete-beats':
    case 'see-beats':
    case 'form-beats':
      return { beats: edit.timesS.length, family: edit.family };
    default:
      return standing.beatEditsAt(edit.timeS);
  }
}
