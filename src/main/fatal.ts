import { dialog, type App } from 'electron';
import type { Words } from '../shared/words';

/** Errors that nobody caught, in the process that holds the window. */
export interface Strays {
  /** Ends a start that cannot succeed; also for an error that was caught. */
  readonly cannotStart: (cause: unknown) => void;
  /** There is a window from here on: a stray error is told, and ends nothing. */
  readonly started: () => void;
}

/**
 * Before the window is there a stray error ends the start with a message, gives the instance lock back, so that the
 * next start is one, and exits with 1. Later it is told once: Electron's own box, which this replaces, would name a
 * JavaScript error over the reader's work, and the work itself lives in other processes.
 */
export function watchStrays(app: App, words: () => Words): Strays {
  let state: 'starting' | 'started' | 'ending' = 'starting';
  let told = false;

  function cannotStart(cause: unknown): void {
    if (state === 'ending') return;
    state = 'ending';
    console.error('fiducial: it cannot start:', cause);
    app.releaseSingleInstanceLock();
    // Linux shows no box before the application is ready.
    void app.whenReady().then(() => {
      dialog.showErrorBox(words().say('window.cannotStart'), messageOf(cause));
      app.exit(1);
    });
  }

  function caught(cause: unknown): void {
    if (state === 'starting') return cannotStart(cause);
    console.error('fiducial: an error in the window’s process:', cause);
    if (told || state === 'ending') return;
    told = true;
    void dialog.showMessageBox({
      type: 'error',
      message: words().say('window.wentWrong'),
      detail: words().say('window.wentWrongDetail', { what: messageOf(cause) }),
    });
  }

  process.on('uncaughtException', caught);
  process.on('unhandledRejection', caught);
  return { cannotStart, started: () => void (state = state === 'starting' ? 'started' : state) };
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
