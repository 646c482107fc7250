import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ReviewEdit, Segment } from '../../shared/domain';
import { decidedState, reviewState } from './review-state';
import { openDatabase } from './store/database';
import type { Database } from './store/sql';
import { createTrail, type Trail } from './trail';

const by = { reader: 'Dr A', modelSha256: 'abc' };
const mark = { from: 'a-review.json', by: 'Dr B', atMs: 5 };
const decide = (
  segments: number[],
  decision: 'agree' | 'overrule' | 'unsure' | 'none',
  note = '',
): ReviewEdit => ({
  kind: 'decide-segments',
  segments,
  decision,
  note,
});
const segment = (index: number, verdict: Segment['verdict']): Segment => ({
  index,
  startS: index * 5,
  endS: index * 5 + 10,
  verdict,
  probability: verdict === 'Unreadable' ? null : verdict === 'Abnormal' ? 0.9 : 0.1,
  reason: null,
  refer: false,
});
const segments = [segment(0, 'Abnormal'), segment(1, 'Normal'), segment(2, 'Abnormal')];

let folder: string;
let database: Database;
let trail: Trail;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiducial-trail-'));
  const opened = openDatabase(join(folder, 'store.db'));
  if (!opened.ok) throw new Error(opened.error.message);
  database = opened.value;
  trail = createTrail(database);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const state = () => {
  const standing = trail.standing('a');
  return reviewState('a', standing, decidedState(standing, segments));
};

test('decisions are counted, undone and redone without limit', () => {
  trail.edit('a', decide([0], 'agree'), by);
  trail.edit('a', decide([2], 'overrule', 'artefact'), by);
  trail.edit('a', decide([1], 'unsure'), by);
  expect(state().counts).toEqual({
    flagged: 2,
    decided: 2,
    borderline: 0,
    borderlineDecided: 0,
    agreed: 1,
    overruled: 1,
    unsure: 1,
    agreement: 0.5,
  });

  for (let i = 0; i < 3; i++) expect(trail.undo('a', by).ok).toBe(true);
  expect(state()).toMatchObject({ decisions: [], canUndo: false, canRedo: true });
  expect(trail.undo('a', by)).toMatchObject({ ok: false, error: { code: 'conflict' } });

  for (let i = 0; i < 3; i++) trail.redo('a', by);
  expect(state().decisions).toMatchObject([
    { segment: 0, decision: 'agree' },
    { segment: 1, decision: 'unsure' },
    { segment: 2, decision: 'overrule', note: 'artefact' },
  ]);
});

test('a new edit after an undo leaves nothing to redo', () => {
  trail.edit('a', decide([0], 'agree'), by);
  trail.undo('a', by);
  trail.edit('a', decide([0], 'overrule'), by);
  expect(state()).toMatchObject({
    canRedo: false,
    decisions: [{ segment: 0, decision: 'overrule' }],
  });
});

test('the trail keeps every step with what was before and after, and no gap', () => {
  trail.edit('a', decide([0, 2], 'agree'), by);
  trail.edit('a', decide([2], 'overrule'), by);
  trail.undo('a', by);
  const events = trail.events('a');
  expect(events.map((event) => event.sequence)).toEqual([1, 2, 3]);
  expect(events[1]).toMatchObject({
    action: 'edit',
    before: [{ segment: 2, decision: 'agree', note: '' }],
    after: [{ segment: 2, decision: 'overrule', note: '' }],
    reader: 'Dr A',
    modelSha256: 'abc',
  });
  expect(events[2]).toMatchObject({
    action: 'undo',
    after: [{ segment: 2, decision: 'agree', note: '' }],
  });
});

test('not even SQL of our own can change or delete a line of the trail', () => {
  trail.edit('a', decide([0], 'agree'), by);
  expect(() => database.run("UPDATE review_events SET reader = 'x'")).toThrow(/append-only/);
  expect(() => database.run('DELETE FROM review_events')).toThrow(/append-only/);
  expect(trail.events('a')).toHaveLength(1);
});

test('a store of a newer Fiducial is refused, not damaged', () => {
  database.run('PRAGMA user_version = 999');
  database.close();
  const again = openDatabase(join(folder, 'store.db'));
  expect(again).toMatchObject({ ok: false, error: { code: 'unsupported' } });
  const reopened = openDatabase(join(folder, 'other.db'));
  if (!reopened.ok) throw new Error(reopened.error.message);
  database = reopened.value;
});

test('an exported trail is taken over line by line, but never mixed with another', () => {
  trail.edit('a', decide([0], 'agree'), by);
  trail.undo('a', by);
  trail.edit('a', decide([2], 'overrule', 'artefact'), by);
  const events = trail.events('a');
  expect(trail.adopt('b', events, mark).ok).toBe(true);
  expect(trail.events('b')).toEqual(events.map((event) => ({ ...event, imported: mark })));
  expect(trail.adopt('b', events, mark)).toMatchObject({ ok: false, error: { code: 'conflict' } });
  expect(trail.adopt('c', events.slice(1), mark)).toMatchObject({
    ok: false,
    error: { code: 'bad-input' },
  });
});

test('readers undo what they made themselves', () => {
  const other = { ...by, reader: 'Dr B' };
  trail.edit('a', decide([0], 'agree'), by);
  trail.edit('a', decide([2], 'overrule'), other);
  expect(trail.undo('a', by).ok).toBe(true);
  expect(trail.undo('a', by)).toMatchObject({ ok: false, error: { code: 'conflict' } });
  expect(state().decisions).toMatchObject([{ segment: 2, reader: 'Dr B' }]);
  expect(trail.standing('a', 'Dr A').segmentDecisions()).toEqual([]);
});

test('what another process has written stands too', () => {
  const elsewhere = createTrail(database);
  trail.edit('a', decide([0], 'agree'), by);
  elsewhere.edit('a', decide([2], 'agree'), by);
  expect(state().decisions).toHaveLength(2);
  trail.edit('a', decide([1], 'agree'), by);
  expect(trail.events('a').map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
});

test('a decision after thousands reads the events that came since, and no other', () => {
  const count = 3000;
  const events = Array.from({ length: count }, (_, i) => ({
    sequence: i + 1,
    atMs: i,
    reader: 'Dr A',
    action: 'edit' as const,
    edit: decide([i % 3], i % 2 === 0 ? 'agree' : 'overrule'),
    before: [],
    after: [],
    modelSha256: 'abc',
  }));
  /** Events in the answers, which hold many of them in one run of bytes. */
  let eventsRead = 0;
  const counting: Database = {
    ...database,
    get(sql, parameters) {
      const read = database.get(sql, parameters);
      const bytes = read?.['rows'];
      if (bytes instanceof Uint8Array)
        eventsRead += Buffer.from(bytes).toString('latin1').split('"decide-segments"').length - 1;
      return read;
    },
  };
  trail = createTrail(counting);
  trail.adopt('a', events, mark);
  // The first one after a start reads the trail, once.
  expect(state().decisions).toHaveLength(3);
  expect(eventsRead).toBe(count);
  eventsRead = 0;
  for (let i = 0; i < 5; i++) {
    trail.edit('a', decide([1], 'unsure'), by);
    expect(state().counts.unsure).toBe(1);
  }
  expect(eventsRead).toBeLessThanOrEqual(5);
});
