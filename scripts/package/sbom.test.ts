import { expect, it } from 'vitest';
import { productionPackages } from './licences.mjs';
import { softwareBill } from './sbom.mjs';

it('names every package of the lockfile that is no tool of development, and Electron', () => {
  const { components, dependencies } = softwareBill();
  const refs = components.map((component) => component['bom-ref']);
  const wanted = productionPackages().map(({ name, version }) => `${name}@${version}`);
  expect(wanted.filter((ref) => !refs.includes(ref))).toEqual([]);
  expect(refs.filter((ref) => !wanted.includes(ref))).toEqual([
    expect.stringMatching(/^electron@/),
  ]);
  const known = new Set(refs);
  expect(
    dependencies.flatMap(({ dependsOn }) => dependsOn.filter((ref) => !known.has(ref))),
  ).toEqual([]);
});
