import { expect, it } from 'vitest';
import { METHODS } from './methods';

it('sends nothing again that would happen twice, and lets nobody who looks wait for what takes its turn', () => {
  const names = Object.entries(METHODS);
  const once = names.filter(([, { idempotent }]) => !idempotent).map(([name]) => name);
  // Every one of these leaves a decision, a file or work behind.
  expect(once).toEqual([
    ...['recordings.convert', 'annotations.write', 'analysis.cancel', 'families.decide'],
    ...['review.decide', 'review.undo', 'review.export', 'review.import'],
    ...['scan.start', 'scan.cancel', 'report.create', 'report.sign'],
    ...['models.adopt', 'models.rollback', 'settings.export'],
  ]);
  const inTurn = names.filter(([, { lane }]) => lane === 'bulk').map(([name]) => name);
  expect(inTurn).toEqual([
    'recordings.hash',
    ...['recordings.convert', 'annotations.write', 'analysis.start', 'analysis.measurements'],
    ...[
      'review.export',
      'review.import',
      'scan.start',
      'report.create',
      'report.audit',
      'report.sign',
    ],
    'models.compare',
  ]);
});
