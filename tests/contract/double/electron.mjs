/**
 * A small stand-in for the `electron` module in the main process: enough to run the built entry under plain
 * Node, strict where Electron is (schemes before ready, processes after it, one answer per channel). It says
 * nothing about Electron itself.
 */
export { app } from './electron/app.mjs';
export { dialog } from './electron/dialog.mjs';
export { ipcMain } from './electron/ipc-main.mjs';
export { Menu } from './electron/menu.mjs';
export { powerSaveBlocker, utilityProcess } from './electron/processes.mjs';
export { protocol, session } from './electron/session.mjs';
export { BrowserWindow } from './electron/window.mjs';
import './electron/test-side.mjs';
