import { expect, it } from 'vitest';

/** Every component as it is written. */
const components = import.meta.glob<string>('../**/*.vue', {
  query: '?raw',
  import: 'default',
  eager: true,
});

it('no file is chosen with the browser’s own button, which speaks the browser’s language', () => {
  const fields = Object.entries(components).flatMap(([path, text]) =>
    [...text.matchAll(/<input[^>]*type="file"[^>]*>/g)].map(([field]) => ({ path, field })),
  );
  expect(fields.length).toBeGreaterThan(2);
  const inSight = fields.filter(({ field }) => !/class="sr-only"|\bhidden\b/.test(field));
  expect(inSight).toEqual([]);
});
