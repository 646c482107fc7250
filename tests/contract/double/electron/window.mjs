import { EventEmitter } from 'node:events';
import { app } from './app.mjs';
import { mustBeReady, stoppable, tell } from './state.mjs';

export class WebContents extends EventEmitter {
  windowOpen = () => ({ action: 'allow' });
  crashed = false;
  zoomFactor = 1;
  setWindowOpenHandler(handler) {
    this.windowOpen = handler;
  }
  setVisualZoomLevelLimits() {
    return Promise.resolve();
  }
  getZoomFactor() {
    return this.zoomFactor;
  }
  setZoomFactor(factor) {
    this.zoomFactor = factor;
  }
  isDestroyed() {
    return false;
  }
  send(channel, ...args) {
    // Electron prints this for every message that goes nowhere.
    if (this.crashed) throw new Error('the double: Render frame was disposed before it was used');
    tell({ kind: 'to-page', channel, args });
  }
  startDrag(item) {
    tell({ kind: 'drag', item });
  }
  forcefullyCrashRenderer() {
    setImmediate(() => this.gone('killed'));
  }

  /**
   * A navigation of the main frame with its events in Electron's order (docs, "webContents", "Navigation Events"):
   * that it starts is told before anyone is asked whether it may.
   * @param by 'page' for a link or a script; only those can be stopped
   * @returns whether it took place
   */
  navigate(url, by) {
    const details = { url, isMainFrame: true, isSameDocument: false };
    this.emit('did-start-navigation', { ...details }, url, false, true);
    for (const ask of by === 'page' ? ['will-frame-navigate', 'will-navigate'] : []) {
      const event = stoppable(details);
      this.emit(ask, event, url);
      if (event.defaultPrevented) return false;
    }
    this.crashed = false;
    this.emit('did-frame-navigate', {}, url, 200, 'OK', true);
    this.emit('did-navigate', {}, url, 200, 'OK');
    this.emit('did-finish-load', {});
    return true;
  }

  /** The page's process ends; the window stays as it is. */
  gone(reason) {
    this.crashed = true;
    this.emit('render-process-gone', {}, { reason, exitCode: 1 });
  }
}

let window = null;
function opened(created) {
  window = created;
  app.emit('web-contents-created', {}, created.webContents);
}
/** The one window, also while it is closed; null before there was one. */
export const lastWindow = () => window;
export const openWindow = () => (window?.isDestroyed() === false ? window : null);

export class BrowserWindow extends EventEmitter {
  webContents = new WebContents();
  quitting = false;
  #destroyed = false;
  #visible = false;
  constructor(options) {
    super();
    mustBeReady('BrowserWindow');
    this.options = options;
    opened(this);
  }
  loadURL(url) {
    tell({ kind: 'load', url });
    this.webContents.navigate(url, 'host');
    this.emit('ready-to-show');
    return Promise.resolve();
  }
  /** Asks first, as a click on the cross does. */
  close() {
    const event = stoppable();
    this.emit('close', event);
    if (event.defaultPrevented) return;
    this.#destroyed = true;
    this.emit('closed');
    if (!this.quitting) app.emit('window-all-closed');
  }
  isDestroyed() {
    return this.#destroyed;
  }
  isVisible() {
    return this.#visible;
  }
  show() {
    this.#visible = true;
  }
  focus() {}
  restore() {}
  isMinimized() {
    return false;
  }
}
