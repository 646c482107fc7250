import type { FromService, ToService } from '../../shared/contract';

/** What the engine must know to host the service; the host's first message. */
export interface EngineConfig {
  readonly host: 'electron' | 'browser';
  readonly version: string;
  readonly dataDir: string;
  readonly modelsDir: string;
  /** As of `ServiceDependencies`. */
  readonly adoptedDir?: string | null;
  /** Header of a recording that is always there, to try devices with. */
  readonly demoPath: string;
  /** Folder that the viewer may open recordings from, whose links must not lead out of it; null for no such folder. */
  readonly root?: string | null;
}

/**
 * The engine's wish to an inference process, relayed by the host, which alone starts processes. `generation`
 * counts the processes, so that a message of a dead one is not taken for the living one's.
 */
export type RelayToHost =
  | { kind: 'inference-spawn'; generation: number }
  | { kind: 'inference-post'; generation: number; message: unknown }
  | { kind: 'inference-end'; generation: number };

export type RelayToEngine =
  | { kind: 'inference-message'; generation: number; message: unknown }
  | { kind: 'inference-closed'; generation: number; reason: string };

export type ToEngine =
  | { kind: 'start'; config: EngineConfig }
  /** Wants a sign of life. */
  | { kind: 'ping' }
  /** The end: the engine closes its store and goes. */
  | { kind: 'stop' }
  | ToService
  | RelayToEngine;

export type FromEngine =
  | { kind: 'ready' }
  | { kind: 'pong' }
  | FromService
  /** A handler threw: a bug. The request fails as an exception does, not as a value. */
  | { kind: 'fault'; id: number; message: string }
  | RelayToHost;
