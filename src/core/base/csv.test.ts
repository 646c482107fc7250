import { expect, it } from 'vitest';
import { csvLine, csvTable } from './csv';

it('quotes what has a comma, a quote or a line end, and ends each line in CRLF', () => {
  expect(
    csvTable(
      ['a', 'b'],
      [
        ['x, "y"', 1.5],
        ['two\nlines', null],
      ],
    ),
  ).toBe('a,b\r\n"x, ""y""",1.5\r\n"two\nlines",\r\n');
  expect(csvTable(['a'], [])).toBe('a\r\n');
});

it('defuses what a spreadsheet would run, over several lines too, and leaves numbers alone', () => {
  for (const text of ['=1+1', '+1', '-x', '@sum', '\tx', '=a\nb']) {
    expect(csvLine([text])).toBe(`"'${text}"`);
  }
  expect(csvLine([-1.5, 'a-b', ''])).toBe('-1.5,a-b,');
});
