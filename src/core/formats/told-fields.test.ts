import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { wordsIn } from '../../shared/words';
import { toldInWords } from '../../shared/words/file-words';

it('names fields that every language has words for', () => {
  const formats = import.meta.dirname;
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
  const unknown = fields.filter((name) => toldInWords(name, wordsIn('es')) === name);
  expect(unknown).toEqual([]);
});
