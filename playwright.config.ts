import { defineConfig, devices } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from './scripts/tools/chromium.mjs';

/** Where there is none the tests that need one are skipped by name (tests/e2e/viewer.ts). */
const executablePath = findChromium();

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/analysed-records.ts',
  // One viewer at a time: each test file starts a service with worker threads of its own.
  workers: 1,
  fullyParallel: false,
  // Ends what hangs; how long a machine takes that is busy with the other tests too decides no test.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: [
    ['list'],
    ...(process.env['CI'] ? [['github'] as const] : []),
    // For the summary of `npm test`.
    ...(process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ? [['json'] as const] : []),
  ],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    deviceScaleFactor: 1,
    colorScheme: 'light',
    locale: 'en-US',
    launchOptions: { ...(executablePath ? { executablePath } : {}), args: CHROMIUM_FLAGS },
  },
});
