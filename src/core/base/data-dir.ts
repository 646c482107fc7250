import envPaths from 'env-paths';

/**
 * Where this person's store lives: one folder for the window, the browser viewer and the command line, so
 * that each shows what was decided in the others. `FIDUCIAL_HOME` overrides the system's place for
 * application data.
 */
export function dataDirectory(): string {
  return process.env['FIDUCIAL_HOME'] || ownDirectory();
}

/** Whether a folder is the system's place for this application, and not one that a person named. */
export function isOwnDirectory(path: string): boolean {
  return path === ownDirectory();
}

function ownDirectory(): string {
  return envPaths('Fiducial', { suffix: '' }).data;
}
