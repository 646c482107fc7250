import { expect, it } from 'vitest';
import type { ReadComparison } from '../../shared/domain';
import { english } from '../../shared/words';
import { agreementLine } from './reads-text';

it('names the file that a second read came in only where the report names who was recorded', () => {
  const none = { both: 0, agreed: 0, kappa: null, firstOnly: 0, secondOnly: 0, table: [] };
  const reads: ReadComparison = {
    first: ['Dr A'],
    second: {
      ...{ reader: 'Dr B', begunAtMs: 1, finishedAtMs: 2, comparedAtMs: null },
      importedFrom: 'jansen-1952.json',
    },
    ...{ events: none, segments: none, differences: [], adjudicators: [] },
  };
  expect(agreementLine(reads, english, true)).toContain('jansen-1952.json');
  expect(agreementLine(reads, english, false)).not.toContain('jansen');
});
