import type { Task } from '../workers/task';

/**
 * Every task that a worker thread can be asked for, by its name. A thread loads what it is asked for and no more: all of
 * them together take longer to load than most of them to run.
 */
export const TASKS: Readonly<Record<string, () => Promise<Task<never, unknown>>>> = {
  tile: async () => (await import('../traces/tile-task')).tileTask,
  hash: async () => (await import('../recordings/hash-task')).hashTask,
  windows: async () => (await import('../analysis/segment-model/windows-task')).windowsTask,
  beats: async () => (await import('../analysis/beat-model/beat-task')).beatTask,
  'beat-times': async () => (await import('../analysis/beat-model/beat-times-task')).beatTimesTask,
  quality: async () => (await import('../analysis/quality-task')).qualityTask,
  report: async () => (await import('../report/report-task')).reportTask,
  'prepare-report': async () => (await import('../report/report-task')).prepareReportTask,
  findings: async () => (await import('../review/findings-task')).findingsTask,
  measure: async () => (await import('../beats/averaging/measure-task')).measureTask,
  'qrs-width': async () => (await import('../beats/averaging/qrs-widths')).qrsWidthTask,
  'beat-forms': async () => (await import('../beats/families/forms-task')).formsTask,
  'beat-shapes': async () => (await import('../beats/families/forms-task')).shapesTask,
  families: async () => (await import('../analysis/families/families-task')).familiesTask,
  convert: async () => (await import('../convert/convert-task')).convertTask,
  backup: async () => (await import('../review/backup-task')).backupTask,
};
