import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createTrail } from '../trail';
import { putAnalysisRow } from './analysis-rows';
import { openDatabase } from './database';
import type { Database } from './sql';
import { createListPages } from './list-pages';
import { createSummaries } from './summaries';
import { exampleAnalysis } from './testing/examples';

test('a list that was read is asked for what changed, and no trail is replayed for it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fiducial-summaries-'));
  const opened = openDatabase(join(folder, 'store.db'));
  if (!opened.ok) throw new Error(opened.error.message);
  let rows = 0;
  const database: Database = {
    ...opened.value,
    get(sql, parameters) {
      const read = opened.value.get(sql, parameters);
      const bytes = read?.['rows'];
      // Rows lie in the answers as one run of bytes, each with its model.
      if (bytes instanceof Uint8Array)
        rows += Buffer.from(bytes).toString('latin1').split('attention-cnn').length - 1;
      return read;
    },
  };
  const count = 200;
  for (let i = 0; i < count; i++) {
    putAnalysisRow(database, exampleAnalysis(`a${i}`));
    database.run('INSERT INTO review_counts VALUES (?, 0, 3, 0, 2, NULL)', [`a${i}`]);
  }
  const summaries = createSummaries(database, createTrail(database), createListPages(database));
  expect(summaries.latest().size).toBe(count);
  // One row each, and no event.
  expect(rows).toBe(count);
  rows = 0;
  database.run('UPDATE review_counts SET decided = 2 WHERE analysis_id = ?', ['a7']);
  summaries.touch('a7');
  expect(summaries.latest().get('content-a7')).toMatchObject({ flagged: 3, decided: 2 });
  expect(rows).toBe(1);
  // Of a content that was read again the latest counts, and that readers acted on the one before.
  putAnalysisRow(database, {
    ...exampleAnalysis('again'),
    key: { ...exampleAnalysis('again').key, contentHash: 'content-a8' },
  });
  const trail = createTrail(database);
  const act = { kind: 'decide-segments' as const, segments: [0], note: '' };
  trail.edit('a8', { ...act, decision: 'agree' }, { reader: 'A', modelSha256: 'm' });
  const seen = [summaries, createSummaries(database, trail, createListPages(database))];
  summaries.touch('again');
  for (const each of seen) {
    expect(each.latest().get('content-a8')).toMatchObject({
      ...{ analysisId: 'again', decided: 0, isReviewedEarlier: true },
    });
    expect(each.latest().get('content-a7')?.isReviewedEarlier).toBeUndefined();
  }
  opened.value.close();
  rmSync(folder, { recursive: true });
});
