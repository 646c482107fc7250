import { existsSync } from 'node:fs';
import { BrowserWindow } from 'electron';
import type { Words } from '../shared/words';
import { showContextMenus } from './context-menu';

/** A page that has not painted by then is shown as it is: an application without a window cannot be closed. */
const SHOW_AFTER_MS = 5000;

/** The viewer's window: a sandboxed page with no way out but the preload's bridge. It is the only one. */
export function createWindow(
  { preload, icon }: { preload: string; icon: string },
  words: () => Words,
): BrowserWindow {
  const window = new BrowserWindow({
    // Chromium keeps size, place and display under this name, and looks whether that display is still there.
    name: 'viewer',
    windowStatePersistence: true,
    title: 'Fiducial',
    // Windows and macOS take the application's. A window without its picture is better than none, which a missing file would mean.
    ...(process.platform === 'linux' && existsSync(icon) ? { icon } : {}),
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    backgroundColor: '#f7f5f2',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  const show = (): void => {
    clearTimeout(late);
    if (!window.isDestroyed() && !window.isVisible()) window.show();
  };
  const late = setTimeout(show, SHOW_AFTER_MS);
  window.once('ready-to-show', show);
  window.webContents.on('did-finish-load', () => {
    // Pinching would make the calibrated millimetres untrue; the menu's zoom tells the page.
    void window.webContents.setVisualZoomLevelLimits(1, 1);
  });
  showContextMenus(window, words);
  return window;
}
