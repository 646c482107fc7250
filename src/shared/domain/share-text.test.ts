import { expect, it } from 'vitest';
import { english } from '../words';
import { percentText, shareText } from './share-text';

it('says of what is above nothing never that it is nothing', () => {
  expect(shareText(0, english)).toBe('0.0 %');
  expect(shareText(1 / 2952, english)).toBe('< 0.1 %');
  expect(shareText(0.001, english)).toBe('0.1 %');
  expect(percentText(0.3462, english)).toBe('34.6');
});
