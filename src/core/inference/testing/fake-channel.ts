import type { Channel } from '../../base/channel';

/** A process that a test plays by hand. */
export interface FakeProcess {
  readonly channel: Channel;
  readonly received: unknown[];
  say(message: unknown): void;
  crash(reason?: string): void;
  readonly ended: boolean;
}

export function fakeProcess(): FakeProcess {
  const received: unknown[] = [];
  const messageListeners: ((message: unknown) => void)[] = [];
  const closeListeners: ((reason: string) => void)[] = [];
  let ended = false;
  const crash = (reason = 'signal SIGSEGV'): void => {
    if (ended) return;
    ended = true;
    for (const listener of closeListeners) listener(reason);
  };
  return {
    channel: {
      pid: 1,
      post: (message) => void received.push(structuredClone(message)),
      onMessage: (listener) => void messageListeners.push(listener),
      onClose: (listener) => void closeListeners.push(listener),
      close: () => crash('signal SIGKILL'),
    },
    received,
    say: (message) => messageListeners.forEach((listener) => listener(message)),
    crash,
    get ended() {
      return ended;
    },
  };
}
