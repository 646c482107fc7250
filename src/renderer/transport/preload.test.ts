import { expect, it } from 'vitest';
import type { PreloadBridge } from '../../shared/transport/bridge';
import { encode } from '../../shared/transport/codec';
import { createPreloadBridge } from './preload';

it('answers and events come over Electron’s bridge as bytes, and refusals as they are', async () => {
  const refusal = { ok: false, error: { code: 'forbidden', message: 'No.' } };
  let tell = (_bytes: Uint8Array): void => undefined;
  const bridge = createPreloadBridge({
    kind: 'electron',
    call: async (method: string) =>
      method === 'recordings.list' ? encode({ ok: true, value: { entries: [] } }) : refusal,
    on: (_event: string, listener: (bytes: Uint8Array) => void) => {
      tell = listener;
      return () => undefined;
    },
  } as unknown as PreloadBridge);
  expect(await bridge.call('recordings.list', {}, 1)).toEqual({ ok: true, value: { entries: [] } });
  expect(await bridge.call('models.list', {}, 2)).toEqual(refusal);
  const told: unknown[] = [];
  bridge.on('host.zoom', (payload) => told.push(payload));
  tell(encode({ factor: 1.25 }));
  expect(told).toEqual([{ factor: 1.25 }]);
});
