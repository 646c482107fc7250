import { expect, it, vi } from 'vitest';
import type { ReviewEdit } from '../../shared/domain';
import { useChosenBeats } from './chosen-beats';

const made: ReviewEdit[] = [];
vi.mock('./review', () => ({
  useReview: () => ({
    beats: { timeS: Float64Array.of(1, 2, 3) },
    edit: (edit: ReviewEdit) => made.push(edit),
  }),
}));

it('puts no word of the page’s language into the trail', () => {
  const chosen = useChosenBeats();
  chosen.span.value = { fromS: 1.5, toS: 9 };
  chosen.relabel('V');
  chosen.removeAll();
  const timesS = [2, 3];
  expect(made).toEqual([
    { kind: 'relabel-beats', timesS, beatClass: 'V', family: '' },
    { kind: 'delete-beats', timesS, family: '' },
  ]);
});
