import type { RecordingEntry, WorklistFigures } from '../../../shared/domain';

const WORKLIST_GROUPS = ['urgent', 'other', 'decided', 'unread'] as const;
export type WorklistGroup = (typeof WORKLIST_GROUPS)[number];

/** What the table can be sorted by; `urgency` is the order of the rules, `teaching` that of what a network would learn. */
export type WorklistColumn =
  | 'urgency'
  | 'name'
  | 'duration'
  | 'tachycardia'
  | 'pause'
  | 'af'
  | 'ventricularPerHour'
  | 'ventricularShare'
  | 'supraventricularPerHour'
  | 'highestBpm'
  | 'unreadable'
  | 'borderline'
  | 'decided'
  | 'teaching';

/** A recording whose rules are met and not all decided is urgent; one of its events being seen does not end that. */
function groupOf({ state, figures }: RecordingEntry): WorklistGroup {
  if (state === 'failed') return 'unread';
  if (!figures) return 'other';
  if (figures.rules.some(({ open }) => open)) return 'urgent';
  return isDecided(figures) ? 'decided' : 'other';
}

/** Without urgency: to a reader who decides first it would give verdicts away. */
function plainGroupOf({ state, figures }: RecordingEntry): WorklistGroup {
  if (state === 'failed') return 'unread';
  return figures && isDecided(figures) ? 'decided' : 'other';
}

/** Everything there is to decide one by one is, by somebody. */
const isDecided = ({ decided, events, reader }: WorklistFigures): boolean =>
  decided === events && reader !== null;

const VALUE: Readonly<
  Record<Exclude<WorklistColumn, 'urgency' | 'name' | 'duration'>, (of: WorklistFigures) => number>
> = {
  tachycardia: ({ longestTachycardia }) => longestTachycardia?.beats ?? 0,
  pause: ({ longestPauseS }) => longestPauseS,
  af: ({ afS }) => afS ?? -1,
  ventricularPerHour: (of) => of.ventricularPerHour ?? -1,
  ventricularShare: (of) => of.ventricularShare ?? -1,
  supraventricularPerHour: (of) => of.supraventricularPerHour ?? -1,
  highestBpm: (of) => of.highestBpm ?? -1,
  unreadable: ({ unreadableShare }) => unreadableShare,
  borderline: ({ borderline }) => borderline,
  decided: ({ decided, events }) => (events > 0 ? decided / events : 0),
  teaching: ({ teaching }) => teaching?.score ?? -1,
};

/** Rules met, then longest tachycardia, then share of ventricular beats: most first. */
const URGENCY: readonly ((of: WorklistFigures) => number)[] = [
  ({ rules }) => rules.length,
  VALUE.tachycardia,
  VALUE.ventricularShare,
];

const NO_FIGURES = -2;
/** Where a recording has no figures yet it stands below those that have. */
const valueOf = (entry: RecordingEntry, value: (of: WorklistFigures) => number): number =>
  entry.figures ? value(entry.figures) : NO_FIGURES;

export const nameOf = (entry: RecordingEntry): string => entry.about?.patient.name ?? entry.name;

const byName = (one: RecordingEntry, other: RecordingEntry): number =>
  nameOf(one).localeCompare(nameOf(other), undefined, { numeric: true });

function compare(
  one: RecordingEntry,
  other: RecordingEntry,
  { column, isApart }: Pick<WorklistView, 'column' | 'isApart'>,
): number {
  if (column === 'name') return byName(one, other);
  if (column === 'duration') return (one.about?.durationS ?? -1) - (other.about?.durationS ?? -1);
  const marks = column === 'urgency' ? URGENCY : [VALUE[column]];
  const valueIn = (entry: RecordingEntry, mark: (typeof marks)[number]): number =>
    isApart(entry) ? NO_FIGURES : valueOf(entry, mark);
  for (const mark of marks) {
    const difference = valueIn(one, mark) - valueIn(other, mark);
    if (difference !== 0) return difference;
  }
  return 0;
}

export interface WorklistView {
  readonly column: WorklistColumn;
  readonly descending: boolean;
  /** Words of a patient's name or number, or of the record's name or folder. */
  readonly find: string;
  /** Only what this reader decided on last; null for all. */
  readonly reader: string | null;
  /** Only what is being read by a second reader. */
  readonly secondRead: boolean;
  /** Figures are hidden: neither groups nor order may tell them. */
  readonly blind: boolean;
  /** Whether its figures are those of others, whom the reader is to know nothing of: its place tells none of them. */
  readonly isApart: (entry: RecordingEntry) => boolean;
}

/**
 * The table: groups by urgency that have rows, each in the order asked for; ties by name. What teaches most is one list of
 * all that are to be read, urgent or not.
 */
export function inGroups(
  entries: readonly RecordingEntry[],
  { column, descending, find, reader, secondRead, blind, isApart }: WorklistView,
): { group: WorklistGroup; entries: readonly RecordingEntry[] }[] {
  const kept = entries.filter(
    (entry) => isFound(entry, find) && isOf(entry, reader) && (!secondRead || isReadSecond(entry)),
  );
  const sortedBy = blind && column !== 'name' && column !== 'duration' ? null : column;
  const sign = descending ? -1 : 1;
  const groupsTold = blind || column === 'teaching' ? plainGroupOf : groupOf;
  const groupIn = (entry: RecordingEntry): WorklistGroup =>
    isApart(entry) && entry.state !== 'failed' ? 'other' : groupsTold(entry);
  return WORKLIST_GROUPS.flatMap((group) => {
    const members = kept.filter((entry) => groupIn(entry) === group);
    if (members.length === 0) return [];
    if (sortedBy)
      members.sort(
        (one, other) =>
          sign * compare(one, other, { column: sortedBy, isApart }) || byName(one, other),
      );
    return [{ group, entries: members }];
  });
}

function isFound({ name, folder, about }: RecordingEntry, find: string): boolean {
  const text = [name, folder, about?.patient.name, about?.patient.id].join(' ').toLowerCase();
  return find
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

const isOf = ({ figures }: RecordingEntry, reader: string | null): boolean =>
  reader === null || figures?.reader === reader;

/** A second read of it goes on. */
export const isReadSecond = ({ figures }: RecordingEntry): boolean =>
  (figures?.secondReads ?? []).some(({ finishedAtMs }) => finishedAtMs === null);

/**
 * The figures of a recording are those of others while a reader's own second read of it goes on; of one who reads second
 * whatever they open, before it too.
 */
export function isReadApart(
  { figures }: RecordingEntry,
  reader: string,
  readsSecond: boolean,
): boolean {
  if (!figures) return false;
  const own = (figures.secondReads ?? []).find((read) => read.reader === reader);
  return own ? own.finishedAtMs === null : readsSecond && figures.reader !== reader;
}
