import { errSaid } from '../../shared/domain/said';
import type { DocumentRef } from '../../shared/contract';
import type { Bridge } from '../../shared/transport/bridge';
import type { Transport } from './types';

/** Turns a host's bridge into the viewer's transport: request ids become abort signals. */
export function transportOver(
  bridge: Bridge,
  previewUrl: (document: DocumentRef) => string | null,
): Transport {
  let lastId = 0;
  return {
    kind: bridge.kind,
    async call(method, input, options) {
      const signal = options?.signal;
      const stopped = () => errSaid('cancelled', 'failures.methodStopped', { method });
      if (signal?.aborted) return stopped();
      const id = ++lastId;
      const cancel = (): void => bridge.cancel(id);
      signal?.addEventListener('abort', cancel, { once: true });
      try {
        return await bridge.call(method, input, id);
      } finally {
        signal?.removeEventListener('abort', cancel);
      }
    },
    on: (event, listener) => bridge.on(event, listener),
    onHost: (event, listener) => bridge.on(event, listener),
    pick: (kind) => bridge.pick(kind),
    dropped: (files) => bridge.dropped(files),
    save: (document) => bridge.save(document),
    drag: bridge.drag ?? null,
    previewUrl,
  };
}
