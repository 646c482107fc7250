import type { Channel } from './channel';
import type { RelayToEngine, RelayToHost } from './link';

/** The host's half: starts inference processes when the engine asks and carries their messages. */
export interface InferenceRelay {
  /** @returns true when the message was one of the relay's */
  handle(message: { kind: string }): boolean;
  /** Ends the inference process, as when the engine is gone. */
  close(): void;
}

export function createInferenceRelay(
  forkInference: () => Channel,
  toEngine: (message: RelayToEngine) => void,
): InferenceRelay {
  let current: { generation: number; channel: Channel } | null = null;

  function spawn(generation: number): void {
    current?.channel.close();
    const channel = forkInference();
    current = { generation, channel };
    channel.onMessage((message) => toEngine({ kind: 'inference-message', generation, message }));
    channel.onClose((reason) => {
      if (current?.channel === channel) current = null;
      toEngine({ kind: 'inference-closed', generation, reason });
    });
  }

  return {
    handle(raw) {
      const message = raw as RelayToHost;
      if (message.kind === 'inference-spawn') spawn(message.generation);
      else if (message.kind === 'inference-post') {
        if (current?.generation === message.generation) current.channel.post(message.message);
      } else if (message.kind === 'inference-end') {
        if (current?.generation === message.generation) current.channel.close();
      } else return false;
      return true;
    },
    close() {
      const ending = current;
      current = null;
      ending?.channel.close();
    },
  };
}

/** The engine's half: channels to inference processes that the host starts on its behalf. */
export interface RelayedInference {
  readonly spawn: () => Channel;
  /** @returns true when the message was one of the relay's */
  handle(message: { kind: string }): boolean;
}

export function createRelayedInference(toHost: (message: RelayToHost) => void): RelayedInference {
  interface Listeners {
    message: (message: unknown) => void;
    close: (reason: string) => void;
  }
  const living = new Map<number, Listeners>();
  let generations = 0;

  return {
    spawn() {
      const generation = ++generations;
      const listeners: Listeners = { message: () => undefined, close: () => undefined };
      living.set(generation, listeners);
      toHost({ kind: 'inference-spawn', generation });
      return {
        pid: undefined,
        post: (message) => toHost({ kind: 'inference-post', generation, message }),
        onMessage(listener) {
          const before = listeners.message;
          listeners.message = (message) => (before(message), listener(message));
        },
        onClose(listener) {
          const before = listeners.close;
          listeners.close = (reason) => (before(reason), listener(reason));
        },
        close: () => toHost({ kind: 'inference-end', generation }),
      };
    },
    handle(raw) {
      const message = raw as RelayToEngine;
      if (message.kind === 'inference-message') {
        living.get(message.generation)?.message(message.message);
      } else if (message.kind === 'inference-closed') {
        const listeners = living.get(message.generation);
        living.delete(message.generation);
        listeners?.close(message.reason);
      } else return false;
      return true;
    },
  };
}
