import { expect, it } from 'vitest';
import { commentInWords, toldInWords } from './file-words';
import { wordsIn } from '.';

const [english, spanish] = [wordsIn('en'), wordsIn('es')];

it('has names of fields in the reader’s words, and leaves what the file worded', () => {
  const comments = [
    'Device: MAC 55',
    'Pacemaker: dual chamber, unipolar',
    'Notes: Device: x',
    '69 M',
  ];
  expect(comments.map((comment) => commentInWords(comment, spanish))).toEqual([
    'Equipo: MAC 55',
    'Marcapasos: bicameral, unipolar',
    'Notes: Device: x',
    '69 M',
  ]);
  expect(comments.map((comment) => commentInWords(comment, english))).toEqual(comments);
  expect(['QRS axis', 'bpm', 'Sinus rhythm'].map((told) => toldInWords(told, spanish))).toEqual([
    ...['Eje del QRS', 'lpm', 'Sinus rhythm'],
  ]);
});
