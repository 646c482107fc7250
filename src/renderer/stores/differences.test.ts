import { expect, it, vi } from 'vitest';
import { computed } from 'vue';
import type { ReadComparison, ReviewEdit, SecondRead } from '../../shared/domain';
import { createDifferences } from './differences';

const edits: ReviewEdit[] = [];
const events = { currentId: 'vt', isSeen: () => true, show: () => undefined };
vi.mock('./events', () => ({ useEvents: () => events }));
vi.mock('./review', () => ({
  useReview: () => ({ state: {}, edit: async (edit: ReviewEdit) => void edits.push(edit) }),
}));

it('settles no difference that is not in sight', async () => {
  const finding = { id: 'vt', kind: 'ventricular-tachycardia', startS: 1, endS: 3 };
  const side = { state: 'confirmed', note: '', rejectedAs: null };
  const comparison = {
    second: { reader: 'Dr B' },
    differences: [{ finding, first: side, second: side, adjudicated: null }],
  } as unknown as ReadComparison;
  const { settle } = createDifferences({
    comparison: computed(() => comparison),
    finished: computed(() => comparison.second as SecondRead),
    apart: computed(() => false),
    load: async () => undefined,
    step: async () => undefined,
  });
  events.isSeen = () => false;
  await settle('first');
  expect(edits).toEqual([]);
  events.isSeen = () => true;
  await settle('first');
  expect(edits).toMatchObject([{ kind: 'decide-findings', decision: 'confirm' }]);
});
