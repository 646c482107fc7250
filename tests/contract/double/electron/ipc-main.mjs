import { EventEmitter } from 'node:events';

export const handlers = new Map();

class IpcMain extends EventEmitter {
  handle(channel, handler) {
    if (handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  }
}
export const ipcMain = new IpcMain();
