import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { provideTransport } from '../transport';
import type { Transport } from '../transport/types';
import { useConnection } from './connection';

let tell: Record<string, (payload: { up: boolean; locked?: boolean; reason?: string }) => void>;
let returned: number;

beforeEach(() => {
  vi.useFakeTimers();
  setActivePinia(createPinia());
  tell = {};
  returned = 0;
  const listen = (name: string, listener: never) => {
    tell[name] = listener;
    return () => undefined;
  };
  provideTransport({ on: listen, onHost: listen } as unknown as Transport);
  useConnection().listen(() => void returned++);
});
afterEach(() => vi.useRealTimers());

it('says nothing of a hiccup', () => {
  const connection = useConnection();
  tell['host.connection']!({ up: false });
  vi.advanceTimersByTime(300);
  tell['host.connection']!({ up: true });
  vi.advanceTimersByTime(5000);
  expect(connection.state).toBe('up');
  expect(returned).toBe(0);
});

it('says a loss and, for a moment, the return; what was missed is asked for once', () => {
  const connection = useConnection();
  tell['host.connection']!({ up: false });
  vi.advanceTimersByTime(1000);
  // The browser tries again and fails.
  tell['host.connection']!({ up: false });
  expect(connection.state).toBe('lost');
  tell['host.connection']!({ up: true });
  expect(connection.state).toBe('back');
  vi.advanceTimersByTime(5000);
  expect(connection.state).toBe('up');
  expect(returned).toBe(1);
});

it('tells an engine that is being started from a host that is gone', () => {
  const connection = useConnection();
  tell['engine.state']!({ up: false, reason: 'signal SIGKILL' });
  vi.advanceTimersByTime(1000);
  expect(connection.state).toBe('restarting');
  expect(connection.reason).toBe('signal SIGKILL');
  tell['host.connection']!({ up: false });
  expect(connection.state).toBe('lost');
  // A host that was started anew has a new engine.
  tell['host.connection']!({ up: true });
  expect(connection.state).toBe('back');
});

it('says of a host that was started anew that its address has to be opened, until it was', () => {
  const connection = useConnection();
  tell['host.connection']!({ up: false });
  vi.advanceTimersByTime(1000);
  tell['host.connection']!({ up: false, locked: true });
  expect(connection.state).toBe('locked');
  // The next try is refused as well.
  tell['host.connection']!({ up: false });
  expect(connection.state).toBe('locked');
  tell['host.connection']!({ up: true });
  expect(connection.state).toBe('back');
  tell['host.connection']!({ up: false });
  vi.advanceTimersByTime(1000);
  expect(connection.state).toBe('lost');
});
