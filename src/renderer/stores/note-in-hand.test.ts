import { expect, it, vi } from 'vitest';
import { createNoteInHand } from './note-in-hand';

const { analysis, review } = await vi.hoisted(async () => {
  const { reactive } = await import('vue');
  return {
    analysis: reactive({ analysisId: 'of-one' }),
    review: reactive({ failure: null as object | null }),
  };
});
vi.mock('./analysis', () => ({ useAnalysis: () => analysis }));
vi.mock('./review', () => ({ useReview: () => review }));
vi.mock('./settings', () => ({ useSettings: () => ({ values: { readerName: 'Dr A' } }) }));

it('what was begun on one recording is not shown on another that has the like, and is there again on the first', () => {
  const { note } = createNoteInHand(
    () => 'af@0',
    () => '',
  );
  note.value = 'syncope at 9';
  analysis.analysisId = 'of-another';
  expect(note.value).toBe('');
  analysis.analysisId = 'of-one';
  expect(note.value).toBe('syncope at 9');
});

it('what was begun stays where the act that it goes with is refused', async () => {
  const { note, goesWith } = createNoteInHand(
    () => 'vt@1',
    () => '',
  );
  note.value = 'wide';
  review.failure = {};
  await Promise.resolve(goesWith(Promise.resolve()));
  expect(note.value).toBe('wide');
  review.failure = null;
  await Promise.resolve(goesWith(Promise.resolve()));
  expect(note.value).toBe('');
});
