import { spawn, type ChildProcess } from 'node:child_process';
import { platform } from 'node:os';
import { afterEach, expect, it } from 'vitest';
import type { Channel } from '../base/channel';
import { endedWhenStopped } from './stopped-watch';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A process that runs the given words, and its channel. */
function started(script: string): { child: ChildProcess; channel: Channel; closes: string[] } {
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  const closes: string[] = [];
  const inner: Channel = {
    pid: child.pid,
    post: () => undefined,
    onMessage: () => undefined,
    onClose: (listener) => void child.on('exit', (_code, signal) => listener(String(signal))),
    close: () => void child.kill('SIGKILL'),
  };
  const channel = endedWhenStopped(inner, { everyMs: 20 });
  channel.onClose((reason) => closes.push(reason));
  return { child, channel, closes };
}

it.skipIf(platform() === 'win32')(
  'gives up a process that was stopped, once, with why',
  async () => {
    const { child, closes } = started('setInterval(() => undefined, 1000)');
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGSTOP');
    await ended;
    expect(child.signalCode).toBe('SIGKILL');
    expect(closes).toEqual([
      expect.stringMatching(/^it had not answered for \d+ s, since somebody/),
    ]);
  },
);

it('lets a process be that works without a pause, or is asleep', async () => {
  const busy = started('console.log(1); for (;;);');
  const asleep = started(
    'console.log(1); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)',
  );
  for (const { child } of [busy, asleep])
    await new Promise((resolve) => child.stdout!.once('data', resolve));
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect([...busy.closes, ...asleep.closes]).toEqual([]);
  for (const { channel } of [busy, asleep]) channel.close();
  await expect.poll(() => [...busy.closes, ...asleep.closes]).toEqual(['SIGKILL', 'SIGKILL']);
});
