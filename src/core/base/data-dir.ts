import envPaths from 'env-paths';

/**
 * Where this person's store lives: one folder for the window, the browser viewer and the command line, so
 * that each shows what was decided in the others. `FIDUCIAL_HOME` overrides the system's place for
 * application data.
 */
export function dataDirectory(): string {
  return process.env['FIDUCIAL_HOME'] || envPaths('Fiducial', { suffix: '' }).data;
}
