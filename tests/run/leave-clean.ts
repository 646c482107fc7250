/** Before each test file; after it everything that its process has of its own is as it was, for the next one. */
import { afterAll, vi } from 'vitest';

const env = { ...process.env };
const { exitCode } = process;

afterAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
  process.exitCode = exitCode;
  if (Number('1e-320') === 0) {
    throw new Error(
      'After this file denormal numbers count as 0: it needs a process of its own (vitest.config.ts).',
    );
  }
});
