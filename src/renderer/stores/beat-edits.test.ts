import { expect, it } from 'vitest';
import {
  meantBeats,
  type BeatsOfFamilies,
  type ReviewEdit,
  type ReviewState,
} from '../../shared/domain';
import { createKnownEdits, namedBy } from './beat-edits';

const see = (timeS: number): ReviewEdit => ({ kind: 'see-beats', timesS: [timeS], family: '' });
const state = (beatActs: number[], beatEdits: ReviewEdit[], made?: number): ReviewState =>
  ({ analysisId: 'a', beatActs, beatEdits, ...(made && { made }) }) as unknown as ReviewState;

it('keeps what was sent and what was made, and says up to where', () => {
  const edits = createKnownEdits();
  expect(edits.knowsActs('a')).toBe(0);
  expect(edits.taken(state([2, 5], [see(1), see(2)]), 0, null)).toEqual([
    { sequence: 2, edit: see(1) },
    { sequence: 5, edit: see(2) },
  ]);
  expect(edits.knowsActs('a')).toBe(5);
  // Another reader's came between.
  const now = edits.taken(state([2, 5, 6, 7], [see(3)], 7), 5, see(4));
  expect(now?.map(({ edit }) => edit)).toEqual([see(1), see(2), see(3), see(4)]);
  expect(edits.taken(state([2, 5, 6], []), 7, null)?.map(({ sequence }) => sequence)).toEqual([
    2, 5, 6,
  ]);
  expect(edits.taken(state([2, 5, 6, 7], []), 7, null)?.at(-1)).toEqual({
    sequence: 7,
    edit: see(4),
  });
  expect(edits.knowsActs('b')).toBe(0);
});

it('asks for all where an edit is in force that it never saw', () => {
  const edits = createKnownEdits();
  edits.taken(state([5], [see(2)]), 0, null);
  // Taken back before anything was read here, and made again elsewhere.
  expect(edits.taken(state([2, 5], []), 5, null)).toBeNull();
  expect(edits.taken(state([2, 5], [see(1), see(2)]), 0, null)).toHaveLength(2);
});

it('names the beats of a form by it: an act on 80 000 takes no more than one on a few', () => {
  const timesS = Array.from({ length: 80_000 }, (_, i) => 0.9 * i);
  const of: BeatsOfFamilies = { families: ['3/N'], which: 'rest', outS: [] };
  const named = namedBy({ kind: 'see-beats', timesS, family: 'N a' }, of);
  expect(JSON.stringify(named).length).toBeLessThan(200);
  expect(named?.meant).toEqual(meantBeats([...timesS].reverse()));
  // One beat for another in the middle is not what is meant.
  expect(meantBeats(timesS.with(40_000, 40_000.5))).not.toEqual(named?.meant);
  expect(namedBy({ kind: 'delete-beat', timeS: 1 }, of)).toBeNull();
});
