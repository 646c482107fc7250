import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ReviewEdit } from '../../../shared/domain';
import { createTrail, type Trail } from '../trail';
import { openDatabase } from './database';
import type { Database } from './sql';
import { openSqliteStore } from './sqlite-store';
import { STORE_FILE } from './store-files';
import { StoreFailure } from './store-failure';

const STEPS = 1200;
const by = { reader: 'Dr A', modelSha256: 'm' };
const decide = (segment: number, decision: 'agree' | 'unsure'): ReviewEdit => ({
  ...{ kind: 'decide-segments', segments: [segment], decision, note: '' },
});

let folder: string;
let database: Database;
/** Events in the answers of the database. */
let eventsRead = 0;
const later: (() => boolean)[] = [];
const damaged: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiducial-checkpoint-'));
  database = open(join(folder, STORE_FILE));
  later.length = damaged.length = 0;
  const steps = Array.from({ length: STEPS }, (_, i) => ({
    ...{ sequence: i + 1, atMs: i, reader: 'Dr A', action: 'edit' as const },
    ...{ edit: decide(i % 20, i % 3 === 0 ? 'unsure' : 'agree'), before: [], after: [] },
    modelSha256: 'm',
  }));
  createTrail(database).adopt('a', steps, { from: 'r.json', by: 'x', atMs: 0 });
  database.run('DROP TRIGGER review_events_keep');
  database.run('DROP TRIGGER review_events_stay');
});
afterEach(() => {
  database.close();
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

function open(path: string): Database {
  const opened = openDatabase(path);
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

/** The trail as a process that has just started reads it. */
function started(): Trail {
  eventsRead = 0;
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
  return createTrail(counting, {
    later: (step) => void later.push(step),
    onDamage: (analysisId) => void damaged.push(analysisId),
  });
}

function runLater(): void {
  for (const step of later.splice(0)) while (step());
}

const decisionsOf = (trail: Trail) => trail.standing('a').segmentDecisions();

it('a start reads what came after the checkpoint, and the rest when nobody waits', () => {
  const whole = decisionsOf(createTrail(database));
  const trail = started();
  expect(decisionsOf(trail)).toEqual(whole);
  expect(trail.edit('a', decide(3, 'unsure'), by).ok).toBe(true);
  expect(eventsRead).toBeLessThan(10);
  runLater();
  expect(eventsRead).toBeGreaterThanOrEqual(STEPS);
  expect(damaged).toEqual([]);
  expect(decisionsOf(trail)).toEqual(decisionsOf(createTrail(database)));
  eventsRead = 0;
  for (let i = 0; i < 300; i++) expect(trail.undo('a', by).ok).toBe(true);
  expect(eventsRead).toBeLessThanOrEqual(300);
});

it('steps far back are taken back before the rest was read too', () => {
  const trail = started();
  for (let i = 0; i < 300; i++) expect(trail.undo('a', by).ok).toBe(true);
  expect(decisionsOf(trail)).toEqual(decisionsOf(createTrail(database)));
});

it('a checkpoint follows a trail that grows', () => {
  const trail = started();
  for (let i = 0; i < 600; i++) trail.edit('a', decide(i % 20, 'agree'), by);
  const row = database.get('SELECT sequence FROM trail_checkpoints');
  expect(Number(row?.['sequence'])).toBeGreaterThan(STEPS);
  expect(decisionsOf(started())).toEqual(decisionsOf(createTrail(database)));
});

it.each([
  ['changed', `UPDATE review_events SET edit = replace(edit, 'agree', 'unsure')`],
  ['another reader’s', `UPDATE review_events SET reader = 'Dr B'`],
  ['missing', 'DELETE FROM review_events'],
])('a step long before that is %s is never shown, and found when nobody waits', (_, change) => {
  const whole = decisionsOf(createTrail(database));
  database.run(`${change} WHERE sequence = 2`);
  const trail = started();
  expect(decisionsOf(trail)).toEqual(whole);
  // What leaves the machine is compared before.
  expect(() => started().follow('a')).toThrow(/Step 2/);
  expect(() => started().events('a')).toThrow(/Step 2/);
  expect(() => started().standing('a', 'Dr A')).toThrow(/Step 2/);
  runLater();
  expect(damaged).toContain('a');
  expect(() => trail.standing('a')).toThrow(StoreFailure);
  expect(() => trail.edit('a', decide(1, 'agree'), by)).toThrow(/Step 2/);
  // And at once after a start.
  expect(() => started().standing('a')).toThrow(/Step 2/);
});

it.each([
  ['says something else', `UPDATE trail_checkpoints SET fold = replace(fold, 'agree', 'unsure')`],
  ['is no UTF-8', `UPDATE trail_checkpoints SET fold = CAST(x'61ff62' AS TEXT)`],
  ['is of another step', 'UPDATE trail_checkpoints SET sequence = sequence - 1'],
  ['belongs to another chain', `UPDATE review_events SET hash = 'x' WHERE sequence = ${STEPS}`],
  ['is ahead of the trail', `DELETE FROM review_events WHERE sequence = ${STEPS}`],
])('a checkpoint that %s is not read', (_, change) => {
  database.run(change);
  const trail = started();
  try {
    trail.standing('a');
  } catch {
    // The trail itself was changed.
  }
  expect(eventsRead).toBeGreaterThanOrEqual(STEPS - 1);
  expect(later).toEqual([]);
});

it('a store of the schema before has its trails, and gets checkpoints with the next steps', () => {
  const whole = decisionsOf(createTrail(database));
  for (const table of ['trail_checkpoints', 'unread_recordings'])
    database.run(`DROP TABLE ${table}`);
  const later = "type = 'trigger' AND name LIKE 'list_pages%'";
  for (const { name } of database.all(`SELECT name FROM sqlite_schema WHERE ${later}`)) {
    database.run(`DROP TRIGGER ${String(name)}`);
  }
  database.run('DROP TABLE list_pages');
  database.run('PRAGMA user_version = 6');
  database.close();
  database = open(join(folder, STORE_FILE));
  const trail = started();
  expect(decisionsOf(trail)).toEqual(whole);
  expect(eventsRead).toBe(STEPS);
  trail.edit('a', decide(19, 'agree'), by);
  expect(decisionsOf(started())).toEqual(decisionsOf(trail));
  expect(eventsRead).toBe(0);
});

it('the store itself looks through a trail after the first answer', () => {
  database.run('UPDATE review_events SET reader = reader || 1 WHERE sequence = 2');
  database.close();
  // In a folder of its own: what this process has had open it keeps locked.
  const elsewhere = join(folder, 'elsewhere');
  mkdirSync(elsewhere);
  copyFileSync(join(folder, STORE_FILE), join(elsewhere, STORE_FILE));
  vi.useFakeTimers();
  const opened = openSqliteStore(elsewhere);
  if (!opened.ok) throw new Error(opened.error.message);
  expect(decisionsOf(opened.value.trail)).toHaveLength(20);
  vi.advanceTimersByTime(5000);
  expect(() => opened.value.trail.standing('a')).toThrow(/Step 2/);
  opened.value.close();
  database = open(join(folder, STORE_FILE));
});
