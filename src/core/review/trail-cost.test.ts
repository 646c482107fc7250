import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ReviewEdit, ReviewEvent } from '../../shared/domain';
import type * as StandingModule from './standing';
import { openDatabase } from './store/database';
import type { Database } from './store/sql';
import { createTrail, type Trail } from './trail';

/** Lines that were folded into what stands. */
const folded = vi.hoisted(() => ({ lines: 0 }));
vi.mock('./standing', async (original) => {
  const module = await original<typeof StandingModule>();
  return {
    ...module,
    createStanding(...given: Parameters<typeof module.createStanding>) {
      const standing = module.createStanding(...given);
      const { add } = standing;
      standing.add = (line) => {
        folded.lines++;
        add(line);
      };
      return standing;
    },
  };
});

const LINES = 2000;
const by = { reader: 'Dr A', modelSha256: 'm' };
const edit = (i: number): ReviewEdit => ({
  kind: 'decide-segments',
  segments: [i % 7],
  decision: 'agree',
  note: '',
});
const lines: ReviewEvent[] = Array.from({ length: LINES }, (_, i) => ({
  ...{ sequence: i + 1, action: 'edit', atMs: i, ...by, edit: edit(i), before: [], after: [] },
}));

let folder: string;
let database: Database;
let trail: Trail;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiducial-trail-cost-'));
  const opened = openDatabase(join(folder, 'store.db'));
  if (!opened.ok) throw new Error(opened.error.message);
  database = opened.value;
  trail = createTrail(database);
  expect(trail.adopt('a', lines, { from: 'r.json', by: 'Dr A', atMs: 0 }).ok).toBe(true);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

test('each line of a trail is folded once, however often is decided, asked and taken back', () => {
  trail.standing('a');
  folded.lines = 0;
  const steps = 20;
  for (let i = 0; i < steps; i++) {
    expect(trail.edit('a', edit(i), by).ok).toBe(true);
    expect(trail.undo('a', by).ok).toBe(true);
    for (const reader of [null, null]) trail.standing('a', reader);
  }
  expect(trail.standing('a').sequence).toBe(LINES + 2 * steps);
  expect(folded.lines).toBe(2 * steps);
});

test('a reading of one reader goes on from where it was', () => {
  trail.standing('a', 'Dr A');
  folded.lines = 0;
  expect(trail.edit('a', edit(0), by).ok).toBe(true);
  trail.standing('a', 'Dr A');
  trail.standing('a', 'Dr A');
  // Once into what stands of all, once into the reader's own.
  expect(folded.lines).toBeLessThanOrEqual(LINES + 2);
  folded.lines = 0;
  expect(trail.edit('a', edit(1), by).ok).toBe(true);
  trail.standing('a', 'Dr A');
  expect(folded.lines).toBe(2);
});
