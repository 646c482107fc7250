import type { Result } from '../../shared/domain';
import { defineTask } from '../workers/task';
import type { ReportJob } from './report-job';

/** Worker task. What it needs is loaded with the first report: PDFKit takes longer to start than the first tile may take in all. */
export const reportTask = defineTask(
  'report',
  async (job: ReportJob): Promise<Result<{ pages: number }>> =>
    (await import('./report-job')).runReportJob(job),
);

/** Loads the same and its fonts, for whoever is about to ask for a report and has something else to do meanwhile. */
export const prepareReportTask = defineTask(
  'prepare-report',
  async (_input: null): Promise<void> => {
    (await import('./report-job')).loadFonts();
  },
);
