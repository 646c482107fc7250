import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TASKS } from './tasks';

const CORE = join(import.meta.dirname, '..');

/** Names that core's sources define tasks by. */
function definedNames(): string[] {
  const sources = readdirSync(CORE, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  );
  return sources.flatMap((file) =>
    [...readFileSync(join(CORE, file), 'utf8').matchAll(/= defineTask\(\s*'([\w-]+)'/g)].map(
      ([, name]) => name!,
    ),
  );
}

describe('TASKS', () => {
  it('has every task of core, and no other', () => {
    expect(Object.keys(TASKS).sort()).toEqual(definedNames().sort());
  });

  it.each(Object.keys(TASKS))('loads "%s" under its own name', async (name) => {
    expect((await TASKS[name]!()).name).toBe(name);
  });
});
