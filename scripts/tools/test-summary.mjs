import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

/** @returns one `{file, group, state, reason}` per test of a Vitest run; none where it wrote nothing */
export function readVitest(path, root) {
  return (read(path)?.testResults ?? []).flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ status, ancestorTitles, title }) => ({
      file: relative(root, name).replaceAll('\\', '/'),
      group: ancestorTitles[0] || title,
      state: status === 'passed' || status === 'failed' ? status : 'skipped',
      reason: null,
    })),
  );
}

/** The same of a Playwright run. A flaky test has passed. */
export function readPlaywright(path) {
  const STATES = { expected: 'passed', flaky: 'passed', unexpected: 'failed', skipped: 'skipped' };
  const inSuite = (suite, file, group) => [
    ...(suite.specs ?? []).flatMap((spec) =>
      spec.tests.map((test) => ({
        file: `tests/e2e/${file}`,
        group: group ?? spec.title,
        state: STATES[test.status],
        reason: test.annotations.find(({ type }) => type === 'skip')?.description ?? null,
      })),
    ),
    ...(suite.suites ?? []).flatMap((inner) => inSuite(inner, file, group ?? inner.title)),
  ];
  return (read(path)?.suites ?? []).flatMap((suite) => inSuite(suite, suite.file, null));
}

function read(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

/** What is said at the end: each step with its time, every skipped group by name with the reason, the counts. */
export function summary({ steps, tools, results }) {
  const lines = ['', `fiducial: ${steps.map(stepText).join(', ')}`];
  for (const { name, uses, reason } of tools.filter(({ path }) => !path)) {
    lines.push(`fiducial: SKIPPED ${uses}: no ${name}, since ${reason}`);
  }
  const groups = new Map();
  for (const { file, group, reason } of results.filter(({ state }) => state === 'skipped')) {
    const key = `${file}: ${group}${reason ? ` (${reason})` : ''}`;
    groups.set(key, (groups.get(key) ?? 0) + 1);
  }
  if (groups.size > 0) lines.push('fiducial: skipped tests:');
  for (const [key, count] of groups) lines.push(`  ${key}${count > 1 ? `, ${count} tests` : ''}`);
  const count = (state) => results.filter((result) => result.state === state).length;
  lines.push(
    `tests: ${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`,
  );
  return lines.join('\n');
}

function stepText({ name, seconds, passed }) {
  return `${name} ${passed ? '' : 'FAILED after '}${Math.round(seconds)} s`;
}
