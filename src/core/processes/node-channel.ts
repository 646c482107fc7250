import { fork } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import type { Channel, ParentChannel } from '../base/channel';

export interface ForkOptions {
  readonly argv?: readonly string[];
  /**
   * Keeps what the process writes to standard error off the terminal; the last line goes into the reason of
   * its end. For ONNX Runtime, whose native libraries complain loudly of every accelerator that is absent.
   * `FIDUCIAL_DEBUG=1` shows everything.
   */
  readonly quiet?: boolean;
}

/** Starts a Node entry as a process of its own; typed arrays survive the trip. */
export function forkNode(entry: string, options: ForkOptions = {}): Channel {
  const quiet = options.quiet === true && !process.env['FIDUCIAL_DEBUG'];
  const child = fork(entry, [...(options.argv ?? [])], {
    // JSON, Node's default, would turn samples into objects.
    serialization: 'advanced',
    // Standard output belongs to the command line's results; children may only write to standard error.
    stdio: ['ignore', quiet ? 'ignore' : 2, quiet ? 'pipe' : 2, 'ipc'],
    execArgv: process.execArgv.filter((arg) => !arg.startsWith('--inspect')),
  });
  const closed = once<string>();
  let lastLine = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    const plain = stripVTControlCharacters(text).split('\n');
    lastLine = plain.findLast((line) => line.trim() !== '')?.slice(0, 300) ?? lastLine;
  });
  child.on('error', (error) => closed.fire(error.message));
  child.on('exit', (code, signal) => {
    const how = signal ? `signal ${signal}` : `exit code ${code}`;
    // Whoever is killed from outside has nothing to say about it.
    const words = signal === 'SIGKILL' ? '' : lastLine;
    closed.fire(words ? `${how}; its last words: ${words}` : how);
  });
  return {
    get pid() {
      return child.pid;
    },
    post(message) {
      // The callback keeps a write to a dying process from becoming an 'error' event; its exit is reported anyway.
      if (child.connected) child.send(message as never, () => undefined);
    },
    onMessage: (listener) => void child.on('message', listener),
    onClose: closed.add,
    close: () => void child.kill('SIGKILL'),
  };
}

/** Longest that a process may take to end in order. */
const END_MS = 5000;

/**
 * The parent's side as seen from a process started by `forkNode`. The process ends when its parent goes away,
 * so that a killed host leaves no orphan behind.
 */
export function nodeParent(): ParentChannel {
  let atEnd: () => Promise<void> = () => Promise.resolve();
  const end = (): void => {
    setTimeout(() => process.exit(0), END_MS).unref();
    void atEnd().finally(() => process.exit(0));
  };
  process.on('disconnect', end);
  process.on('SIGTERM', end);
  // A terminal sends Ctrl-C to all of its processes. The parent hears it too, and decides what ends, and how.
  process.on('SIGINT', () => undefined);
  return {
    onEnd: (listener) => void (atEnd = listener),
    post: (message) => void process.send?.(message, undefined, {}, () => undefined),
    onMessage: (listener) => void process.on('message', listener),
  };
}

/** An event that happens at most once and is also told to those who ask late. */
function once<T>(): { add(listener: (value: T) => void): void; fire(value: T): void } {
  const listeners: ((value: T) => void)[] = [];
  let fired: { value: T } | null = null;
  return {
    add: (listener) => void (fired ? listener(fired.value) : listeners.push(listener)),
    fire(value) {
      if (fired) return;
      fired = { value };
      for (const listener of listeners) listener(value);
    },
  };
}
