import { expect, it } from 'vitest';
import type { RecordingEntry, WorklistFigures } from '../../../shared/domain';
import { inGroups, type WorklistView } from './worklist-groups';

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
