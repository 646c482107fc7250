import type { App } from 'electron';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Puts what the window keeps for itself (size, zoom, lock of the one instance) beside the store, where the store was
 * given a place of its own: two stores are two applications.
 * @throws Error when that place cannot be written
 */
export function followStore(app: App): void {
  const home = process.env['FIDUCIAL_HOME'];
  if (!home) return;
  const dir = join(home, 'window');
  requireWritable(dir);
  app.setPath('userData', dir);
}

/** @throws Error with one sentence that names the folder */
export function requireWritable(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true });
    accessSync(dir, constants.W_OK);
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`${dir}: Fiducial cannot write to its profile folder (${message}).`, {
      cause: error,
    });
  }
}
