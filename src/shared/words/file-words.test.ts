import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

it('knows every field that a format names', () => {
  const formats = join(import.meta.dirname, '../../core/formats');
  const fields = readdirSync(formats, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/test|writ|encode|aecg.annotations/.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(formats, file), 'utf8');
      const comments = text.matchAll(/`([A-Z][a-z ]+): \$\{/g);
      const measured = text.matchAll(/^ {2,4}\[(?:'\w+', )?'([A-Z][\w ()]+)'(?:, |\],)/gm);
      const named = text.matchAll(/name: '([A-Z][a-z]+)', value/g);
      return [...comments, ...measured, ...named].map(([, name]) => name!);
    });
  expect(new Set(fields).size).toBeGreaterThan(20);
  const unknown = fields.filter((name) => toldInWords(name, spanish) === name);
  expect(unknown).toEqual([]);
});
