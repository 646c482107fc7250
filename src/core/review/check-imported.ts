import {
  ok,
  SAME_BEAT_S,
  lowerBound,
  type Result,
  type ReviewEdit,
  type ReviewEvent,
  type Told,
} from '../../shared/domain';
import { errSaid, toldBy } from '../../shared/domain/said';
import { wrongInEdit, type EditedSignal } from './check-edit';
import { refusedStep } from './reads-standing';
import { createStanding } from './standing';

/** What the trail of another store has to agree with before it is taken over. */
export interface ImportedInto extends EditedSignal {
  /** Beats of the analysis, seconds, ascending. */
  readonly beatsS: Float64Array;
}

/** Longest name of a reader, as the contract has it. */
const LONGEST_READER = 200;

/**
 * Compares a trail with the analysis that it is said to be about: its lines are numbered from 1 without a gap, name
 * segments, beats and stretches that there are, and take back or bring again only what their own reader did.
 * @param name the file's name, for the message
 * @returns `bad-input` with one sentence that names file and field
 */
export function checkImported(
  events: readonly ReviewEvent[],
  name: string,
  into: ImportedInto,
): Result<void> {
  const standing = createStanding();
  const isBeat = beatsOf(events, into.beatsS);
  for (const [i, event] of events.entries()) {
    const wrong =
      wrongInEvent(event, i + 1) ??
      at('edit', wrongInEdit(event.edit, into) ?? unknownBeat(event.edit, isBeat));
    if (wrong !== null) return errSaid('bad-input', 'files.eventRefused', { file: name, i, wrong });
    const refused =
      event.action === 'edit' ? refusedStep(event.edit, event.reader, standing) : null;
    if (refused !== null)
      return errSaid('bad-input', 'files.eventNotAllowed', { file: name, i, why: refused });
    if (event.action !== 'edit') {
      const own = standing.next(event.action, event.reader);
      if (own === null || JSON.stringify(own) !== JSON.stringify(event.edit)) {
        const reader = event.reader || toldBy('files.itsReader');
        return errSaid(
          'bad-input',
          event.action === 'undo' ? 'files.eventTakesBack' : 'files.eventBringsAgain',
          { file: name, i, reader },
        );
      }
    }
    standing.add(event);
  }
  return ok(undefined);
}

function at(field: string, wrong: Told | null): Told | null {
  return wrong === null ? null : toldBy('files.fieldWithin', { field, wrong });
}

function wrongInEvent({ sequence, reader, atMs }: ReviewEvent, expected: number): Told | null {
  if (sequence !== expected) return toldBy('files.eventSequence', { expected, sequence });
  if (reader.length > LONGEST_READER)
    return toldBy('files.eventReader', { length: reader.length, most: LONGEST_READER });
  return Number.isSafeInteger(Math.round(atMs)) && atMs >= 0
    ? null
    : toldBy('files.eventAtMs', { atMs });
}

/** Whether a beat lies at a time: of the analysis, or put there by one of the events. */
function beatsOf(events: readonly ReviewEvent[], beatsS: Float64Array): (timeS: number) => boolean {
  const put = events.flatMap(({ edit }) =>
    edit.kind === 'add-beat' ? [edit.timeS] : edit.kind === 'move-beat' ? [edit.toTimeS] : [],
  );
  const known = put.length === 0 ? beatsS : Float64Array.from([...beatsS, ...put]).sort();
  return (timeS) => {
    const next = known[lowerBound(known, timeS - SAME_BEAT_S)];
    return next !== undefined && next <= timeS + SAME_BEAT_S;
  };
}

function unknownBeat(edit: ReviewEdit, isBeat: (timeS: number) => boolean): Told | null {
  const none = (field: string, timeS: number): Told => toldBy('files.noBeatAt', { field, timeS });
  if (edit.kind === 'add-beat') return null;
  if ('timeS' in edit) return isBeat(edit.timeS) ? null : none('timeS', edit.timeS);
  if (!('timesS' in edit)) return null;
  const i = edit.timesS.findIndex((timeS) => !isBeat(timeS));
  return i < 0 ? null : none(`timesS.${i}`, edit.timesS[i]!);
}
