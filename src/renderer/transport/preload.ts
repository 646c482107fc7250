import type { EventName } from '../../shared/contract';
import type { Bridge, PreloadBridge } from '../../shared/transport/bridge';
import { decode } from '../../shared/transport/codec';

/** The bridge over what Electron's preload gives: what comes as bytes is read here, on the page's side. */
export function createPreloadBridge(preload: PreloadBridge): Bridge {
  return {
    ...preload,
    async call(method, input, requestId) {
      const answer = await preload.call(method, input, requestId);
      return (answer instanceof Uint8Array ? decode(answer) : answer) as never;
    },
    on: ((event: EventName, listener: (payload: never) => void) =>
      preload.on(event, (payload) => listener(decode(payload) as never))) as Bridge['on'],
  };
}
