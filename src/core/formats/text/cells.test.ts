import { describe, expect, it } from 'vitest';
import { integer, seededRandom } from '../wfdb/testing/random';
import { numberIn, RowCells } from './cells';

const code = (character: string) => character.charCodeAt(0);

describe('numberIn', () => {
  const read = (text: string, decimal = '.') =>
    numberIn(Buffer.from(text), 0, text.length, code(decimal));

  it('reads what Number reads', () => {
    const random = seededRandom(7);
    for (let k = 0; k < 2000; k++) {
      const value = (random() - 0.5) * 10 ** integer(random, -8, 12);
      for (const text of [
        String(value),
        value.toFixed(6),
        value.toExponential(3),
        String(Math.round(value)),
      ]) {
        expect(read(text), text).toBe(Number(text));
        expect(read(text.replace('.', ','), ','), text).toBe(Number(text));
      }
    }
    expect(read('599636646177065964')).toBe(Number('599636646177065964'));
    expect([read('+.5'), read('5.'), read('-0')]).toEqual([0.5, 5, -0]);
  });

  it.each([
    ['\u22121.5', -1.5],
    ['\u2212123456789012345678', -123456789012345680],
    ['1e\u22123', 0.001],
    ['-12\u00a0345', -12345],
    ['\u22121\u202f234\u202f567.5', -1234567.5],
  ])('reads %s as people typeset it', (text, value) => {
    const bytes = Buffer.from(text);
    expect(numberIn(bytes, 0, bytes.length, code('.'))).toBe(value);
    const latin1 = Buffer.from('-12\u00a0345', 'latin1');
    expect(numberIn(latin1, 0, latin1.length, code('.'))).toBe(-12345);
    for (const wrong of ['1\u00a02', '1\u00a023x', '\u2212', '1\u22122']) {
      expect(numberIn(Buffer.from(wrong), 0, Buffer.byteLength(wrong), code('.'))).toBeNaN();
    }
  });

  it.each(['', '-', 'x', '1x', '1.2.3', '1,5', 'e5', '1e', 'NaN', '--1', '0x10'])(
    'calls "%s" missing',
    (text) => {
      expect(read(text)).toBeNaN();
    },
  );
});

describe('RowCells', () => {
  const cellsOf = (text: string, delimiter: string) => {
    const bytes = Buffer.from(text);
    const cells = new RowCells(9);
    cells.find(bytes, 0, bytes.length, code(delimiter));
    return Array.from({ length: cells.count }, (_, k) => cells.text(bytes, k));
  };

  it.each([
    ['1,2,3', ',', ['1', '2', '3']],
    [' 1 , "a,b" ,', ',', ['1', 'a,b', '']],
    ["'0:00.000',-0.260\r", ',', ['0:00.000', '-0.260']],
    ['\t1\t\t2\t', '\t', ['', '1', '', '2', '']],
    ['  1   2\t3  ', ' ', ['1', '2', '3']],
    ['"open', ',', ['open']],
    ['', ',', ['']],
  ])('splits %j at "%s"', (text, delimiter, cells) => {
    expect(cellsOf(text, delimiter)).toEqual(cells);
  });

  it('finds as many cells as it is asked for', () => {
    const bytes = Buffer.from('1,2,3,4');
    const cells = new RowCells(2);
    cells.find(bytes, 0, bytes.length, code(','));
    expect([
      cells.count,
      cells.number(bytes, 1, code('.')),
      cells.number(bytes, 2, code('.')),
    ]).toEqual([2, 2, NaN]);
  });
});
