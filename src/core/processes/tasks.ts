import { beatTask } from '../analysis/beat-model/beat-task';
import { measureTask, qrsWidthTask } from '../beats/averaging';
import { qualityTask } from '../analysis/quality-task';
import { windowsTask } from '../analysis/segment-model/windows-task';
import { familiesTask } from '../analysis/families/families-task';
import { formsTask, shapesTask } from '../beats/families';
import { convertTask } from '../convert/convert-task';
import { hashTask } from '../recordings/hash-task';
import { prepareReportTask, reportTask } from '../report/report-task';
import { tileTask } from '../traces/tile-task';
import { backupTask } from '../review/backup-task';
import { findingsTask } from '../review/findings-task';
import type { Task } from '../workers/task';

/** Every task that a worker thread can be asked for. A thread keeps recently used recordings open between tasks. */
export const TASKS: readonly Task<never, unknown>[] = [
  tileTask,
  hashTask,
  windowsTask,
  beatTask,
  qualityTask,
  reportTask,
  prepareReportTask,
  findingsTask,
  measureTask,
  qrsWidthTask,
  formsTask,
  shapesTask,
  familiesTask,
  convertTask,
  backupTask,
];
