/**
 * `npm test`: finds or installs what the tests use, runs the checks until one fails, and says at the end what was
 * skipped and why. The command of a fresh clone, of a developer's machine and of CI.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './build-if-needed.mjs';
import { ensureTools } from './tools/ensure-tools.mjs';
import { memoryFolder } from './tools/memory-folder.mjs';
import { readPlaywright, readVitest, summary } from './tools/test-summary.mjs';

const RESULTS = join(ROOT, 'node_modules', '.cache', 'test-results');
const UNIT = join(RESULTS, 'unit.json');
const BROWSER = join(RESULTS, 'browser.json');

const vitest = ['--reporter=default', '--reporter=json', `--outputFile.json=${UNIT}`];
if (process.env.GITHUB_ACTIONS) vitest.push('--reporter=github-actions');
/**
 * One after the other; those of one line beside each other, since each keeps one core busy, or waits for most of its time as
 * the browser tests do. The longest are first. Not the build: it writes a file of its own for a moment beside its
 * configuration, which a linter would see and not find. What `isHeld` is printed at its end, whole, instead of among what
 * others say.
 */
const STEPS = [
  ['typecheck', 'lint:code', 'lint:format', 'lint:rooms'].map((name) => ({ name, isHeld: true })),
  [{ name: 'build' }],
  [
    { name: 'test:unit', args: ['--', ...vitest] },
    { name: 'test:e2e', env: { PLAYWRIGHT_JSON_OUTPUT_FILE: BROWSER }, isHeld: true },
  ],
];

rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });
const tools = await ensureTools();
if (tools.some((tool) => tool.refused)) process.exit(1);
const chromium = tools.find(({ name }) => name === 'Chromium').path ?? 'none';

const inMemory = memoryFolder();
const temporary = inMemory === null ? {} : { TMPDIR: inMemory };
process.once('exit', () => inMemory && rmSync(inMemory, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const steps = [];
for (const beside of STEPS) {
  console.error(`\nfiducial: ${beside.map(({ name }) => name).join(', ')}`);
  steps.push(...(await Promise.all(beside.map(run))));
  if (steps.some((step) => !step.passed)) break;
}
const passed = steps.length === STEPS.flat().length && steps.every((step) => step.passed);
console.log(
  summary({ steps, tools, results: [...readVitest(UNIT, ROOT), ...readPlaywright(BROWSER)] }),
);
process.exit(passed ? 0 : 1);

function run({ name, args = [], env = {}, isHeld = false }) {
  const startMs = Date.now();
  const child = spawn('npm', ['run', '--silent', name, ...args], {
    cwd: ROOT,
    stdio: isHeld ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ...temporary, FIDUCIAL_CHROMIUM: chromium, ...env },
  });
  const said = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => said.push(chunk));
  return new Promise((resolve) => {
    child.on('close', (status) => {
      process.stderr.write(Buffer.concat(said));
      resolve({ name, seconds: (Date.now() - startMs) / 1000, passed: status === 0 });
    });
  });
}
