import { expect, it } from 'vitest';
import { en } from '../../shared/words/en';
import { FORMATS } from './list';

it('titles of formats are those that every language has', () => {
  expect(Object.fromEntries(FORMATS.map(({ id, title }) => [id, title]))).toEqual(en.formats);
});
