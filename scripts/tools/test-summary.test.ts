import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readPlaywright, readVitest, summary } from './test-summary.mjs';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-summary-'));
});
afterAll(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));

it('names every group that was skipped, and counts', async () => {
  const unit = join(dir, 'unit.json');
  const assertion = (status: string, ancestorTitles: string[]) => ({
    status,
    ancestorTitles,
    title: 'works',
  });
  await writeFile(
    unit,
    JSON.stringify({
      testResults: [
        {
          name: join(dir, 'src', 'a.test.ts'),
          assertionResults: [
            assertion('passed', []),
            assertion('pending', ['training (needs a Python)']),
            assertion('skipped', ['training (needs a Python)']),
            assertion('failed', []),
          ],
        },
      ],
    }),
  );
  const browser = join(dir, 'browser.json');
  const skipped = { status: 'skipped', annotations: [{ type: 'skip', description: 'no display' }] };
  const spec = (title: string, test: object) => ({ title, tests: [test] });
  await writeFile(
    browser,
    JSON.stringify({
      suites: [
        {
          title: 'x.spec.ts',
          file: 'x.spec.ts',
          specs: [spec('opens', { status: 'flaky', annotations: [] })],
          suites: [{ title: 'Electron', file: 'x.spec.ts', specs: [spec('quits', skipped)] }],
        },
      ],
    }),
  );
  const text = summary({
    steps: [
      { name: 'lint', seconds: 3.2, passed: true },
      { name: 'test:unit', seconds: 8.6, passed: false },
    ],
    tools: [{ name: 'Lens', uses: 'the tests that look', path: null, reason: 'it is away' }],
    results: [...readVitest(unit, dir), ...readPlaywright(browser)],
  });
  expect(text.split('\n')).toEqual([
    '',
    'fiducial: lint 3 s, test:unit FAILED after 9 s',
    'fiducial: SKIPPED the tests that look: no Lens, since it is away',
    'fiducial: skipped tests:',
    '  src/a.test.ts: training (needs a Python), 2 tests',
    '  tests/e2e/x.spec.ts: Electron (no display)',
    'tests: 2 passed, 1 failed, 3 skipped',
  ]);
});

it('counts nothing for a run that did not come to it', () => {
  expect(readVitest(join(dir, 'none.json'), dir)).toEqual([]);
  expect(readPlaywright(join(dir, 'none.json'))).toEqual([]);
});
