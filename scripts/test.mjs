/**
 * `npm test`: finds or installs what the tests use, runs every check in turn until one fails, and says at the end what
 * was skipped and why. The command of a fresh clone, of a developer's machine and of CI.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './build-if-needed.mjs';
import { ensureTools } from './tools/ensure-tools.mjs';
import { readPlaywright, readVitest, summary } from './tools/test-summary.mjs';

const RESULTS = join(ROOT, 'node_modules', '.cache', 'test-results');
const UNIT = join(RESULTS, 'unit.json');
const BROWSER = join(RESULTS, 'browser.json');

const vitest = ['--reporter=default', '--reporter=json', `--outputFile.json=${UNIT}`];
if (process.env.GITHUB_ACTIONS) vitest.push('--reporter=github-actions');
const STEPS = [
  { name: 'lint' },
  { name: 'typecheck' },
  { name: 'build' },
  { name: 'test:unit', args: ['--', ...vitest] },
  { name: 'test:e2e', env: { PLAYWRIGHT_JSON_OUTPUT_FILE: BROWSER } },
];

rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });
const tools = await ensureTools();
if (tools.some((tool) => tool.refused)) process.exit(1);
const chromium = tools.find(({ name }) => name === 'Chromium').path ?? 'none';

const steps = [];
for (const { name, args = [], env = {} } of STEPS) {
  const startMs = Date.now();
  console.error(`\nfiducial: ${name}`);
  const { status } = spawnSync('npm', ['run', '--silent', name, ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, FIDUCIAL_CHROMIUM: chromium, ...env },
  });
  steps.push({ name, seconds: (Date.now() - startMs) / 1000, passed: status === 0 });
  if (status !== 0) break;
}
const passed = steps.length === STEPS.length && steps.every((step) => step.passed);
console.log(
  summary({ steps, tools, results: [...readVitest(UNIT, ROOT), ...readPlaywright(BROWSER)] }),
);
process.exit(passed ? 0 : 1);
