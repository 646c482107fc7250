import { expect, it } from 'vitest';
import { isBorderline, isFlagged } from './segment-standing';
import { VERDICTS } from './analysis';

it('no segment is both flagged and borderline, and none that cannot be read is either', () => {
  for (const verdict of VERDICTS)
    for (const refer of [true, false]) {
      const both = [isFlagged({ verdict }), isBorderline({ verdict, refer })];
      expect(both).toEqual([verdict === 'Abnormal', verdict === 'Normal' && refer]);
    }
});
