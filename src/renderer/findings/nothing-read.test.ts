import { expect, it } from 'vitest';
import { nothingReadWord } from './nothing-read';

const unreadable = { verdict: 'Unreadable' } as const;
const read = { verdict: 'Abnormal' } as const;

it('says that nothing was read only where no verdict stands beside it', () => {
  expect(nothingReadWord(true, [])).toBe('events.nothingReadYet');
  expect(nothingReadWord(true, [unreadable, read])).toBe('events.looking');
});

it('tells what could not be read from what was not read yet', () => {
  expect(nothingReadWord(true, [unreadable])).toBe('events.nothingReadSoFar');
  expect(nothingReadWord(false, [unreadable])).toBe('events.nothingRead');
});
