import { utilityProcess } from 'electron';
import type { Channel } from '../core/base/channel';

export interface UtilityOptions {
  /** Shown by the system's task manager. */
  readonly name: string;
  /** Keeps its standard error off the terminal, as `ForkOptions.quiet` does. */
  readonly quiet?: boolean;
}

/** Starts a built entry as a utility process of Electron; see `forkNode` for the same under plain Node. */
export function forkUtility(entry: string, { name, quiet }: UtilityOptions): Channel {
  const stdio = quiet && !process.env['FIDUCIAL_DEBUG'] ? 'ignore' : 'inherit';
  const child = utilityProcess.fork(entry, [], { serviceName: name, stdio });
  let fatal: string | null = null;
  let ended: string | null = null;
  const closeListeners: ((reason: string) => void)[] = [];
  // Without a listener an `error` event throws here, over the reader's window. The end itself follows as `exit`.
  child.on('error', (type, location) => (fatal = `${type} in ${location || 'V8'}`));
  child.on('exit', (code) => {
    ended = fatal ?? `exit code ${code}`;
    for (const listener of closeListeners) listener(ended);
  });
  return {
    get pid() {
      return child.pid;
    },
    // Never a transfer list: an ArrayBuffer transferred across processes can lose the message.
    post: (message) => {
      if (ended === null) child.postMessage(message);
    },
    onMessage: (listener) => void child.on('message', listener),
    onClose: (listener) => void (ended === null ? closeListeners.push(listener) : listener(ended)),
    close() {
      // Electron asks politely (SIGTERM), which a stopped process never hears; it also sees to what is left of it.
      if (child.pid !== undefined) endAtOnce(child.pid);
      child.kill();
    },
  };
}

function endAtOnce(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
