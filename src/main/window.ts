import { BrowserWindow } from 'electron';

/** The viewer's window: a sandboxed page with no way out but the preload's bridge. */
export function createWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Fiducial',
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
  window.once('ready-to-show', () => window.show());
  window.webContents.on('did-finish-load', () => {
    // Pinching would make the calibrated millimetres untrue.
    void window.webContents.setVisualZoomLevelLimits(1, 1);
  });
  return window;
}
