import { METHODS } from '../../shared/contract';
import { prepareReportTask } from '../report/report-task';
import { createPool } from '../workers/pool';
import type { Pool } from '../workers/types';
import { entryPath } from './entries';

/**
 * The threads of a command that is about to write a report: one of them begins to load what writes it at once, while the
 * command loads the rest of the program.
 */
export function createReportPool(): Pool {
  const pool = createPool({ entry: entryPath('worker'), lazy: true });
  // The report itself says what fails.
  const { lane } = METHODS['report.create'];
  pool.run(prepareReportTask, null, { lane }).catch(() => undefined);
  return pool;
}
