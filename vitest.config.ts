import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const ROOT = import.meta.dirname;
const NOT_OURS = '**/node_modules/**';

/**
 * Files that take longest, what they do before their first test counted in: begun last they would keep one core busy while
 * the other waits.
 */
const LONGEST: readonly string[] = [
  'tests/golden/webgpu.test.ts',
  'tests/contract/changed-files.test.ts',
  'src/core/processes/killed-decisions.test.ts',
  'tests/contract/refused-disk.test.ts',
  'tests/golden/beats.test.ts',
  'tests/contract/refused-disk-doors.test.ts',
  'tests/contract/cli.test.ts',
  'tests/golden/cases.test.ts',
  'tests/golden/convert.test.ts',
  'tests/golden/agreement.test.ts',
  'tests/contract/learning-loop.test.ts',
  'tests/contract/main-window.test.ts',
  'scripts/train/beat-attention.test.ts',
  'scripts/package/package.test.ts',
  'src/core/processes/stopped-processes.test.ts',
  'tests/contract/queue.test.ts',
  'tests/golden/wfdb.test.ts',
  'tests/contract/viewer.test.ts',
  'scripts/train/train.test.ts',
  'tests/contract/private-files.test.ts',
  'tests/golden/report-killed.test.ts',
  'scripts/train/scan-graph.test.ts',
  'src/server/queued-jobs.test.ts',
  'tests/contract/outputs.test.ts',
  'tests/golden/cases-doors.test.ts',
  'tests/contract/scan-store.test.ts',
  'tests/contract/main-start.test.ts',
  'src/core/queue/queue.test.ts',
  'tests/contract/damaged-model.test.ts',
  'tests/load/load.test.ts',
  'tests/golden/scan-reports.test.ts',
  'src/core/processes/engine.test.ts',
  'src/core/review/store/damaged-pages.test.ts',
  'src/core/analysis/damaged-models.test.ts',
  'tests/contract/main-process.test.ts',
  'tests/contract/unreadable-folders.test.ts',
  'tests/contract/identity.test.ts',
  'src/server/jobs.test.ts',
  'tests/contract/orderly-end.test.ts',
  'tests/golden/reference-doors.test.ts',
];

const gone = LONGEST.filter((file) => !existsSync(join(ROOT, file)));
if (gone.length > 0) throw new Error(`vitest.config.ts names files that are not there: ${gone}`);

/** One project after the other, so that a shared process is kept; in each the longest files first. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project, moduleId }: TestSpecification): number => {
      const at = LONGEST.indexOf(relative(ROOT, moduleId).replaceAll('\\', '/'));
      return (
        (project.name === 'together' ? 2000 : project.name === 'stores' ? 1000 : 0) +
        (at < 0 ? LONGEST.length : at)
      );
    };
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => rank(a) - rank(b));
  }
}

/**
 * Files that need a process of their own: what one file mocks would be mocked for the next, ONNX Runtime changes how its
 * process computes (`loadOnnxRuntime`), and the fuzz measures the memory of its process.
 */
const ALONE = ['tests/fuzz/**/*.test.ts', ...['src', 'scripts', 'tests'].flatMap(changingIn)];
/** Stores of the viewer go on after a test: a thread of their own keeps them from the next file, and starts sooner. */
const STORES = ['src/renderer/stores/**/*.test.ts'];

function changingIn(folder: string): string[] {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((file) =>
      /\bvi\.(mock|doMock)\(|\b(loadOnnxRuntime|createDirectInference)\(/.test(
        readFileSync(join(ROOT, file), 'utf8'),
      ),
    );
}

export default defineConfig({
  test: {
    // Ends what hangs; how long a busy machine takes decides no test.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two cores: more forks than cores only make the slow tests slower.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: 'alone', include: ALONE, exclude: [NOT_OURS, ...STORES] } },
      { extends: true, test: { name: 'stores', include: STORES, pool: 'threads' } },
      {
        extends: true,
        test: {
          name: 'together',
          include: [
            'src/**/*.test.ts',
            'tests/{bench,contract,golden,load,training}/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          exclude: [NOT_OURS, ...ALONE, ...STORES],
          // A process that has loaded core and its libraries runs the next file in a third of the time.
          isolate: false,
          setupFiles: ['tests/run/leave-clean.ts'],
        },
      },
    ],
  },
});
