import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.ts',
      'tests/{bench,contract,fuzz,golden,load,training}/**/*.test.ts',
      'scripts/**/*.test.ts',
    ],
    testTimeout: 30_000,
    // Two cores: more forks than cores only make the slow tests slower.
    maxWorkers: 2,
  },
});
