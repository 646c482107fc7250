import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { ModelCard } from '../../shared/domain';
import { limitInWords } from '../../shared/domain/limit-words';
import { wordsIn } from '../../shared/words';

it('what shipped networks say of their limits and thresholds is said in every language', () => {
  for (const model of ['attention-cnn', 'beat-attention']) {
    const url = new URL(`../../../resources/models/${model}.json`, import.meta.url);
    const card = JSON.parse(readFileSync(url, 'utf8')) as Pick<ModelCard, 'limits' | 'threshold'>;
    const written = [...card.limits, card.threshold.chosen];
    const said = written.map((sentence) => limitInWords(sentence, wordsIn('es')));
    expect(said.filter((text, i) => text === written[i])).toEqual([]);
    expect(written.map((text) => limitInWords(text, wordsIn('en')))).toEqual(written);
  }
  const figures =
    'Figures but those of corrected recordings are of version 1.3.0, whose members this one goes on from.';
  expect(limitInWords(figures, wordsIn('es'))).toContain('de la versión 1.3.0, ');
  expect(limitInWords('of another version', wordsIn('es'))).toBe('of another version');
});
