import { expect, it } from 'vitest';
import { printable } from './plain-console';

it('leaves a terminal nothing to act on, in seven bits and in eight', () => {
  expect(printable('\u001b]0;title\u0007 \u009b2J \u007f\r')).toBe(
    '\\u001b]0;title\\u0007 \\u009b2J \\u007f\\u000d',
  );
  expect(printable('a\u202eb')).toBe('a\\u202eb');
});

it('keeps lines, columns and every language', () => {
  const text = 'V1\t0.5 mV\nÄ 心电图 ∿';
  expect(printable(text)).toBe(text);
});

it('leaves the meaning of JSON', () => {
  const value = { name: '\u001b[31m \u009b \u202e' };
  expect(JSON.parse(printable(JSON.stringify(value)))).toEqual(value);
});
