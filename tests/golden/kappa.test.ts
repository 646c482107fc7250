import { expect, it } from 'vitest';
import { cohenKappa } from '../../src/core/review/kappa';
import golden from './kappa/golden.json';

/** scikit-learn's answers; `golden.json` names the command that made it. */
it.each(golden.cases)('kappa is that of scikit-learn: $name', ({ first, second, kappa }) => {
  const said = cohenKappa(first.map((word, i) => [word, second[i]!] as const));
  if (kappa === null) expect(said).toBeNull();
  else expect(said).toBeCloseTo(kappa, 12);
});

it('is not defined where nothing was said', () => {
  expect(cohenKappa([])).toBeNull();
});
