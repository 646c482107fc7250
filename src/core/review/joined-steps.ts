import { ok, type Result, type ReviewEdit, type ReviewEvent } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';

/** A line of a trail before it has a place in one. */
export type Step = Omit<ReviewEvent, 'sequence'>;

/** What belongs to the report or to the comparison there, not to what a reader said of the recording. */
const LEFT_BEHIND: ReadonlySet<ReviewEdit['kind']> = new Set<ReviewEdit['kind']>([
  'edit-report',
  'sign-report',
]);

/**
 * The lines by which what readers decided in another store goes on after a trail: each reader's own as a second read,
 * begun and finished. What the trail holds already is not taken again; report, signatures and adjudications stay behind.
 * @param from the file's name, for messages
 * @param as the name under which the file's one reader is kept, null for that in the file
 * @returns `conflict` where nothing is new, a reader has no name, has decided here too, or has not finished
 */
export function joinedSteps(
  own: readonly ReviewEvent[],
  theirs: readonly ReviewEvent[],
  from: string,
  as: string | null,
): Result<Step[]> {
  const known = new Set(own.map(keyOf));
  const byReader = new Map<string, Step[]>();
  for (const event of theirs) {
    if (known.has(keyOf(event)) || !isOfRead(event)) continue;
    const steps = byReader.get(event.reader);
    if (steps) steps.push(event);
    else byReader.set(event.reader, [event]);
  }
  if (byReader.size === 0) return errSaid('conflict', 'failures.nothingNewIn', { file: from });
  if (as !== null && byReader.size > 1) {
    return errSaid('conflict', 'failures.severalReadersIn', { file: from, as });
  }
  const joined: Step[] = [];
  for (const [reader, steps] of byReader) {
    const name = (as ?? reader).trim();
    if (name === '') {
      return errSaid('conflict', 'failures.namelessReaderIn', { file: from });
    }
    if (own.some((event) => event.reader === name)) {
      return errSaid('conflict', 'failures.sameReaderIn', { reader: name, file: from });
    }
    const read = oneRead(steps, name);
    if (!read)
      return errSaid('conflict', 'failures.secondReadOpenIn', { reader: name, file: from });
    joined.push(...read);
  }
  return ok(joined);
}

/** Which line it is, whatever its place. */
function keyOf({ reader, atMs, action, edit }: ReviewEvent): string {
  return JSON.stringify([reader, Math.round(atMs), action, edit]);
}

function isOfRead({ edit }: ReviewEvent): boolean {
  if (LEFT_BEHIND.has(edit.kind) || ('adjudicates' in edit && edit.adjudicates)) return false;
  return edit.kind !== 'second-read' || edit.step !== 'compare';
}

/** A reader's lines as one second read under a name; null where it goes on. What came after its end is no part of it. */
function oneRead(steps: readonly Step[], name: string): Step[] | null {
  const begin = steps.findIndex((step) => isStep(step, 'begin'));
  const finish = steps.findIndex((step) => isStep(step, 'finish'));
  if (begin >= 0 && finish < 0) return null;
  const inner = begin >= 0 ? steps.slice(begin + 1, finish) : steps;
  const first = (begin >= 0 ? steps[begin] : inner[0])!;
  const last = (begin >= 0 ? steps[finish] : inner.at(-1))!;
  const mark = (step: 'begin' | 'finish', at: Step): Step => ({
    ...at,
    reader: name,
    action: 'edit',
    edit: { kind: 'second-read', step, second: name },
    before: null,
    after: null,
  });
  return [
    mark('begin', first),
    ...inner.map((step) => ({ ...step, reader: name })),
    mark('finish', last),
  ];
}

function isStep({ edit }: Step, wanted: 'begin' | 'finish'): boolean {
  return edit.kind === 'second-read' && edit.step === wanted;
}
