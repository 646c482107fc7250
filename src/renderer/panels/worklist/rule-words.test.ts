import { expect, it } from 'vitest';
import type { RecordingEntry } from '../../../shared/domain';
import { lengthText } from './rule-words';

it('says of no recording that cannot be read that it was not opened yet', () => {
  const about = { durationS: 1800 } as RecordingEntry['about'];
  expect(lengthText({ about: null, state: 'not-analysed' })).toBe('not opened yet');
  expect(lengthText({ about: null, state: 'failed' })).toBe('–');
  expect(lengthText({ about, state: 'failed' })).toBe('30 min');
});
