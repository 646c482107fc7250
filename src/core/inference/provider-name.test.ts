import { expect, it } from 'vitest';
import { createProviderName } from './provider-name';

it('is auto until a provider has been chosen', () => {
  let chosen: string | null = null;
  const name = createProviderName({ provider: () => chosen });
  expect(name()).toBe('auto');
  chosen = 'cpu';
  expect(name()).toBe('cpu');
});
