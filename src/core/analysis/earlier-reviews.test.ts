import { expect, test } from 'vitest';
import { StoreFailure } from '../review/store/store-failure';
import { createStanding } from '../review/standing';
import type { AnalysisSummary } from '../review/store/types';
import { earlierReviews, type ReviewsKept } from './earlier-reviews';

const summary = (analysisId: string, modelId: string): AnalysisSummary => ({
  ...{ analysisId, modelId, flagged: 2, decided: 0, needReader: null, figures: null },
});

/** @param acts acts on each analysis; null for a trail that cannot be read */
function kept(acts: Record<string, number | null>): ReviewsKept {
  return {
    store: { analysesOf: () => Object.keys(acts).map((id) => summary(id, `model of ${id}`)) },
    trail: {
      standing(id) {
        const count = acts[id];
        if (count === null || count === undefined) {
          throw new StoreFailure({ code: 'bad-input', message: 'A step was changed.' });
        }
        const standing = createStanding(null);
        for (let sequence = 1; sequence <= count; sequence++) {
          standing.add({
            ...{ sequence, action: 'edit', reader: 'Dr. Ito', atMs: sequence },
            edit: { kind: 'decide-segments', segments: [0], decision: 'agree', note: '' },
          });
        }
        return standing;
      },
    },
  };
}

test('a reading of what was decided on by another network says so', () => {
  const [warning, ...more] = earlierReviews(kept({ new: 0, old: 3, older: 0 }), 'hash', 'new');
  expect(more).toEqual([]);
  expect(warning).toMatchObject({ code: 'earlier-review' });
  expect(warning!.message).toMatch(/another reading of this recording \(model of old\)\. What/);
});

test('a trail that cannot be read may hold decisions', () => {
  const [warning] = earlierReviews(kept({ new: 0, old: null }), 'hash', 'new');
  expect(warning!.message).toContain('model of old');
});

test('nothing is said of its own decisions, nor where nobody decided anything', () => {
  expect(earlierReviews(kept({ new: 4, old: 0 }), 'hash', 'new')).toEqual([]);
});
