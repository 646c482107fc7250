import { expect, it } from 'vitest';
import { progressLine } from './progress.mjs';

it('writes over its line at a terminal, and leaves it when it is over', () => {
  const written: string[] = [];
  const show = progressLine({ isTTY: true, write: (text) => written.push(text) });
  show('1 MB');
  show('2 MB');
  show(null);
  expect(written).toEqual(['\r\u001b[K  1 MB', '\r\u001b[K  2 MB', '\n']);
});

it('does not fill a log: lines come now and then', () => {
  const written: string[] = [];
  const show = progressLine({ write: (text) => written.push(text) });
  for (let mb = 0; mb < 100; mb++) show(`${mb} MB`);
  show(null);
  expect(written).toEqual([]);
});
