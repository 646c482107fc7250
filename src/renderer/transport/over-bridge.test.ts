import { expect, it } from 'vitest';
import type { Bridge } from '../../shared/transport/bridge';
import { transportOver } from './over-bridge';

function fakeBridge() {
  const cancelled: number[] = [];
  const calls: { id: number; answer: (value: unknown) => void }[] = [];
  const bridge = {
    kind: 'browser',
    call: (_method: string, _input: unknown, id: number) =>
      new Promise((resolve) => calls.push({ id, answer: resolve })),
    cancel: (id: number) => void cancelled.push(id),
    on: () => () => undefined,
  } as unknown as Bridge;
  return { bridge, cancelled, calls };
}

it('an abort cancels the request it belongs to, and only while it runs', async () => {
  const { bridge, cancelled, calls } = fakeBridge();
  const transport = transportOver(bridge, () => null);
  const first = new AbortController();
  const second = new AbortController();
  const one = transport.call('recordings.list', {}, { signal: first.signal });
  const two = transport.call('recordings.list', {}, { signal: second.signal });
  second.abort();
  expect(cancelled).toEqual([calls[1]!.id]);
  calls[0]!.answer({ ok: true });
  calls[1]!.answer({ ok: false });
  await Promise.all([one, two]);
  first.abort();
  expect(cancelled).toHaveLength(1);
});

it('a request that was stopped before it began is not sent', async () => {
  const { bridge, calls } = fakeBridge();
  const result = await transportOver(bridge, () => null).call(
    'recordings.list',
    {},
    { signal: AbortSignal.abort() },
  );
  expect(result).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(calls).toHaveLength(0);
});
