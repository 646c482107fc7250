import { EventEmitter } from 'node:events';
import { mustBeReady, mustNotBeReady } from './state.mjs';

export const schemes = [];
export const protocolHandlers = new Map();

function handle(scheme, handler) {
  mustBeReady('protocol.handle');
  if (protocolHandlers.has(scheme)) throw new Error(`the double: ${scheme} is handled already`);
  protocolHandlers.set(scheme, handler);
}
export const protocol = {
  registerSchemesAsPrivileged(list) {
    mustNotBeReady('protocol.registerSchemesAsPrivileged');
    schemes.push(...list);
  },
  handle,
};

class Session extends EventEmitter {
  protocol = { handle };
  permission = {};
  beforeRequest = null;
  /** As Electron begins: with the system's language, whose dictionary it asks for. */
  spellCheckerLanguages = ['en-US'];
  proxy = { mode: 'system' };
  webRequest = { onBeforeRequest: (listener) => (this.beforeRequest = listener) };
  setPermissionRequestHandler(handler) {
    this.permission.request = handler;
  }
  setPermissionCheckHandler(handler) {
    this.permission.check = handler;
  }
  setDevicePermissionHandler(handler) {
    this.permission.device = handler;
  }
  setSpellCheckerLanguages(languages) {
    this.spellCheckerLanguages = [...languages];
  }
  async setProxy(proxy) {
    this.proxy = { ...proxy };
  }
}
export const defaultSession = new Session();
export const session = {
  get defaultSession() {
    mustBeReady('session.defaultSession');
    return defaultSession;
  },
};
