import type { Result } from '../domain';
import type { EventName } from './events';

/**
 * What travels between a host and the engine. Every field is structured-cloneable, typed arrays included;
 * nothing is transferred across an Electron process boundary (it can lose the message).
 */
export type ToService =
  | { kind: 'call'; id: number; method: string; input: unknown }
  /** Only a host sends these two, never a renderer: they are how paths enter and leave the service. */
  | { kind: 'admit'; id: number; paths: string[] }
  | { kind: 'document'; id: number; documentId: string }
  | { kind: 'cancel'; id: number };

export type FromService =
  | { kind: 'reply'; id: number; result: Result<unknown> }
  | { kind: 'event'; event: EventName; payload: unknown };
