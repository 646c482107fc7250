import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { promisify } from 'node:util';
import type { Channel } from '../base/channel';

export interface StoppedWatchOptions {
  /** Between two looks; default 1000 ms. */
  readonly everyMs?: number;
  /** Looks in a row that find it stopped, after which it is given up: a terminal's Ctrl-Z stops this process too. */
  readonly looks?: number;
}

/**
 * Gives up a process that somebody has stopped (SIGSTOP): it will not answer, and holds whatever it holds. One that is
 * slow, on a machine that does a hundred other things, is not stopped: here the system is asked, not a clock.
 * @returns the same channel, which closes as if the process had ended
 */
export function endedWhenStopped(
  channel: Channel,
  { everyMs = 1000, looks = 5 }: StoppedWatchOptions = {},
): Channel {
  const listeners: ((reason: string) => void)[] = [];
  let closed: string | null = null;
  let seen = 0;

  function close(reason: string): void {
    if (closed !== null) return;
    closed = reason;
    clearInterval(timer);
    for (const listener of listeners) listener(reason);
  }

  async function look(): Promise<void> {
    const { pid } = channel;
    seen = pid !== undefined && (await isStopped(pid)) ? seen + 1 : 0;
    if (seen < looks || closed !== null) return;
    const seconds = Math.max(1, Math.round((looks * everyMs) / 1000));
    close(`it had not answered for ${seconds} s, since somebody had stopped the process`);
    channel.close();
  }

  const timer = setInterval(() => void look(), everyMs);
  timer.unref();
  channel.onClose(close);
  return {
    get pid() {
      return channel.pid;
    },
    post: (message) => channel.post(message),
    onMessage: (listener) => channel.onMessage(listener),
    onClose: (listener) => void (closed === null ? listeners.push(listener) : listener(closed)),
    close: () => channel.close(),
  };
}

/** Whether the system holds a process, by `T` of its state; false where it does not tell. */
async function isStopped(pid: number): Promise<boolean> {
  try {
    return (await stateOf(pid)).startsWith('T');
  } catch {
    // It has ended.
    return false;
  }
}

async function stateOf(pid: number): Promise<string> {
  if (platform() === 'linux') {
    // The name before it may hold anything (https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html).
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2);
  }
  if (platform() === 'win32') return '';
  const { stdout } = await promisify(execFile)('ps', ['-o', 'state=', '-p', String(pid)]);
  return stdout.trim();
}
