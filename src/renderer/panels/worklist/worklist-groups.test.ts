import { expect, it } from 'vitest';
import type { RecordingEntry, WorklistFigures } from '../../../shared/domain';
import { inGroups, isReadApart, type WorklistView } from './worklist-groups';

const entry = (name: string, figures: Partial<WorklistFigures> | null): RecordingEntry =>
  ({
    ...{ name, recordingId: name, folder: '', state: 'analysed' },
    figures: figures && { rules: [], events: 2, decided: 0, reader: null, ...figures },
  }) as unknown as RecordingEntry;
const taught = (score: number): Partial<WorklistFigures> => ({
  teaching: { score, borderline: 1, unlike: null, differing: null },
});
const urgent = { rules: [{ rule: 'pause' as const, value: 4, open: true }] };
const view: WorklistView = {
  column: 'teaching',
  descending: true,
  find: '',
  reader: null,
  secondRead: false,
  blind: false,
  isApart: () => false,
};
const list = [
  entry('new', null),
  entry('urgent', { ...urgent, ...taught(0.1) }),
  entry('unsure', taught(0.6)),
  entry('old version', {}),
  entry('done', { ...taught(0.9), decided: 2, reader: 'Dr A' }),
];
const names = (wanted: Partial<WorklistView>) =>
  inGroups(list, { ...view, ...wanted }).map(({ group, entries }) => [
    group,
    entries.map(({ name }) => name),
  ]);

it('lists what teaches most first, urgent or not, and what is decided apart', () => {
  expect(names({})).toEqual([
    ['other', ['unsure', 'urgent', 'old version', 'new']],
    ['decided', ['done']],
  ]);
});

it('tells nothing of it to a reader who decides first', () => {
  const blind = names({ blind: true });
  expect(blind).toEqual(names({ blind: true, column: 'urgency' }));
  expect(blind[0]).toEqual(['other', ['new', 'urgent', 'unsure', 'old version']]);
});

it('keeps to what a second reader is reading, whoever read it first', () => {
  const read = (finishedAtMs: number | null) => ({
    secondReads: [
      { reader: 'Dr B', begunAtMs: 1, finishedAtMs, comparedAtMs: null, importedFrom: null },
    ],
  });
  const some = [
    entry('open', { ...urgent, ...read(null), reader: 'Dr A' }),
    entry('finished', read(2)),
    entry('never', {}),
    entry('new', null),
  ];
  const found = (wanted: Partial<WorklistView>): string[] =>
    inGroups(some, { ...view, column: 'urgency', ...wanted }).flatMap(({ entries }) =>
      entries.map(({ name }) => name),
    );
  expect(found({}).sort()).toEqual(['finished', 'never', 'new', 'open']);
  expect(found({ secondRead: true })).toEqual(['open']);
  expect(found({ secondRead: true, blind: true })).toEqual(['open']);
  expect(found({ secondRead: true, reader: 'Dr C' })).toEqual([]);
});

it('tells a second reader by no group and no order what the first found or decided', () => {
  const begun = (finishedAtMs: number | null) => ({
    secondReads: [
      { reader: 'Dr B', begunAtMs: 1, finishedAtMs, comparedAtMs: null, importedFrom: null },
    ],
  });
  const longPause = { longestPauseS: 9 };
  const some = [
    entry('calm', {}),
    entry('decided', { decided: 2, reader: 'Dr A', ...begun(null), ...longPause }),
    entry('urgent', { ...urgent, ...begun(null), ...longPause }),
    entry('finished', { ...urgent, ...begun(2), longestPauseS: 1 }),
  ];
  const shown = (wanted: Partial<WorklistView>, reader = 'Dr B') =>
    inGroups(some, {
      ...view,
      ...wanted,
      isApart: (one) => isReadApart(one, reader, false),
    }).map(({ group, entries }) => [group, entries.map(({ name }) => name)]);
  const apart = ['other', ['calm', 'decided', 'urgent']];
  expect(shown({ column: 'urgency' })).toEqual([['urgent', ['finished']], apart]);
  expect(shown({ column: 'pause' })).toEqual([['urgent', ['finished']], apart]);
  expect(shown({ column: 'pause' }, 'Dr C')).toEqual([
    ['urgent', ['urgent', 'finished']],
    ['other', ['calm']],
    ['decided', ['decided']],
  ]);
});

it('takes whoever reads second by the settings for a second reader before their first word', () => {
  const first = entry('one', { reader: 'Dr A' });
  expect(isReadApart(first, 'Dr B', true)).toBe(true);
  expect(isReadApart(first, 'Dr B', false)).toBe(false);
  expect(isReadApart(first, 'Dr A', true)).toBe(false);
  expect(isReadApart(entry('new', null), 'Dr B', true)).toBe(false);
});
