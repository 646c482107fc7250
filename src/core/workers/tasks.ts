import { beatTask } from '../analysis/beat-model/beat-task';
import { windowsTask } from '../analysis/segment-model/windows-task';
import { hashTask } from '../recordings/hash-task';
import type { ReportJob } from '../report/report-task';
import { tileTask } from '../traces/tile-task';

/**
 * Every task a worker thread can run, by name: async functions of one structured-cloneable input. A worker
 * keeps readers of recently used records open between tasks. Tasks return Results; they throw only for bugs.
 */
export const TASKS = {
  'traces.tile': tileTask,
  'recordings.hash': hashTask,
  'analysis.windows': windowsTask,
  'analysis.beats': beatTask,
  // Loaded when first needed: PDFKit takes longer to start than the first tile may take in all.
  'report.write': async (job: ReportJob) => (await import('../report/report-task')).reportTask(job),
} as const;

export type Tasks = typeof TASKS;
