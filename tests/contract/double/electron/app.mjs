import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  mustBeReady,
  mustNotBeReady,
  packagedAt,
  profile,
  stoppable,
  tell,
  whenReady,
} from './state.mjs';
import { openWindow } from './window.mjs';

// Electron's runtime sets these: `electron . paths` in development, the executable alone in a package.
if (packagedAt === null) process.defaultApp = true;
else {
  process.resourcesPath = packagedAt;
  process.argv.splice(1, 1);
}

class App extends EventEmitter {
  name = 'fiducial';
  isPackaged = packagedAt !== null;
  #paths = { userData: profile };
  recent = [];
  switches = {};
  resolver = null;
  commandLine = {
    appendSwitch: (name, value) => {
      mustNotBeReady('commandLine.appendSwitch');
      this.switches[name] = value;
    },
  };
  whenReady() {
    return whenReady;
  }
  getLocale() {
    return 'en-US';
  }
  setName(name) {
    this.name = name;
  }
  requestSingleInstanceLock(data) {
    structuredClone(data);
    return process.env.FIDUCIAL_DOUBLE_SECOND !== '1';
  }
  releaseSingleInstanceLock() {
    tell({ kind: 'lock-released' });
  }
  configureHostResolver(options) {
    mustBeReady('configureHostResolver');
    this.resolver = options;
  }
  /** As Electron does: windows are closed first, and one that stays stops it. */
  quit() {
    this.emit('before-quit', stoppable());
    const window = openWindow();
    if (window) {
      window.quitting = true;
      window.close();
      if (!window.isDestroyed()) return void (window.quitting = false);
    }
    const event = stoppable();
    this.emit('will-quit', event);
    if (!event.defaultPrevented) tell({ kind: 'quit' });
  }
  exit(code) {
    process.send({ kind: 'exit' }, () => process.exit(code));
  }
  getPath(name) {
    return this.#paths[name] ?? join(profile, name);
  }
  setPath(name, path) {
    // As Electron does for a folder that is not there.
    if (!existsSync(path)) throw new Error(`Failed to set path '${path}'`);
    this.#paths[name] = path;
  }
  getVersion() {
    return '0.0.0-double';
  }
  async getFileIcon(path) {
    mustBeReady('getFileIcon');
    return `icon of ${path}`;
  }
  addRecentDocument(path) {
    this.recent.push(path);
  }
  clearRecentDocuments() {
    this.recent = [];
  }
}
export const app = new App();
