import type { Channel } from '../base/channel';
import type { RelayToEngine, RelayToHost } from './link';

/** The host's half: starts inference processes when the engine asks and carries their messages. */
export interface InferenceRelay {
  /** @returns true when the message was one of the relay's */
  handle(message: { kind: string }): boolean;
  /** Ends the inference processes, as when the engine is gone. */
  close(): void;
}

export function createInferenceRelay(
  forkInference: () => Channel,
  toEngine: (message: RelayToEngine) => void,
): InferenceRelay {
  const living = new Map<number, Channel>();

  function spawn(generation: number): void {
    const channel = forkInference();
    living.set(generation, channel);
    channel.onMessage((message) => {
      if (living.get(generation) === channel) {
        toEngine({ kind: 'inference-message', generation, message });
      }
    });
    channel.onClose((reason) => {
      // Of an engine that is gone, whose successor counts from 1 again.
      if (living.get(generation) !== channel) return;
      living.delete(generation);
      toEngine({ kind: 'inference-closed', generation, reason });
    });
  }

  return {
    handle(raw) {
      const message = raw as RelayToHost;
      if (message.kind === 'inference-spawn') spawn(message.generation);
      else if (message.kind === 'inference-post') {
        living.get(message.generation)?.post(message.message);
      } else if (message.kind === 'inference-end') {
        living.get(message.generation)?.close();
      } else return false;
      return true;
    },
    close() {
      const ending = [...living.values()];
      living.clear();
      for (const channel of ending) channel.close();
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
