import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { expect, it } from 'vitest';

const SRC = resolve(import.meta.dirname, '../../src');

/**
 * Sentences that a reader can meet in English alone, by room: failures, and warnings. They may only become fewer: whoever
 * gives one its words with `errSaid` or `warningSaid` lowers the number here.
 */
const IN_ENGLISH_ALONE: Readonly<Record<string, number>> = {
  ...{ 'core/analysis': 18, 'core/beats': 4, 'core/convert': 1, 'core/formats': 22 },
  ...{ 'core/inference': 7, 'core/processes': 2, 'core/recordings': 17, 'core/report': 2 },
  ...{ 'core/review': 15, 'core/scan': 2, 'core/traces': 4, main: 3 },
};
/** What the command line alone says. */
const NO_PAGE = new Set(['core/evaluation', 'core/queue', 'core/training-data']);

it('no sentence is added that there is in English alone', () => {
  const found: Record<string, number> = {};
  for (const name of readdirSync(SRC, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || /\.test\.ts$|testing/.test(name)) continue;
    const [first, second] = name.split(sep);
    if (first !== 'core' && first !== 'main') continue;
    const text = readFileSync(join(SRC, name), 'utf8');
    const failures = text.match(/\berr\(\s*'[a-z-]+',/g) ?? [];
    const warnings = text.match(/\bcode: '[a-z-]+',\s*message: /g) ?? [];
    const room = first === 'core' ? `core/${second}` : first;
    const count = failures.length + warnings.length;
    if (count > 0) found[room] = (found[room] ?? 0) + count;
  }
  const more = Object.entries(found).filter(
    ([room, count]) => !NO_PAGE.has(room) && count > (IN_ENGLISH_ALONE[room] ?? 0),
  );
  expect(more).toEqual([]);
});
