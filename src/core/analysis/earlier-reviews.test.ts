import { expect, test } from 'vitest';
import { earlierReviews } from './earlier-reviews';

/** @param acts lines of the trail of each analysis */
const said = (acts: Readonly<Record<string, number>>, analysisId: string) =>
  earlierReviews(
    Object.entries(acts).map(([id, count]) => ({
      ...{ analysisId: id, modelId: `model of ${id}`, acts: count },
    })),
    analysisId,
  );

test('a reading of what was decided on by another network says so', () => {
  const [warning, ...more] = said({ new: 0, old: 3, older: 0 }, 'new');
  expect(more).toEqual([]);
  expect(warning).toMatchObject({ code: 'earlier-review' });
  expect(warning!.message).toMatch(/another reading of this recording \(model of old\)\. What/);
});

test('nothing is said of its own decisions, nor where nobody decided anything', () => {
  expect(said({ new: 4, old: 0 }, 'new')).toEqual([]);
});
