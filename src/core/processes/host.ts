import {
  isMethodName,
  METHODS,
  type Admitted,
  type Client,
  type EventName,
  type EventPayload,
  type MethodInput,
  type MethodName,
  type MethodOutput,
  type ToService,
} from '../../shared/contract';
import type { Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import type { DocumentFile } from '../base/documents';
import type { Channel } from '../base/channel';
import { createHeartbeat } from './heartbeat';
import type { EngineConfig, FromEngine, ToEngine } from './link';
import { createInferenceRelay } from './relay';
import { createResumption } from './resumption';
import { endedWhenStopped } from './stopped-watch';
import { validateCall } from './validate';

export interface HostOptions {
  readonly forkEngine: () => Channel;
  readonly forkInference: () => Channel;
  readonly config: EngineConfig;
  /** Told of every end of the engine that nobody asked for, for the log. */
  readonly onCrash?: (reason: string) => void;
  /** Between two questions whether the engine still lives; default 1000 ms. */
  readonly beatMs?: number;
}

/** The engine as a host sees it, kept alive. Hosts route; they hold no logic of their own. */
export interface Host {
  /** Typed calls. Inputs are validated here, so a door needs no check of its own. */
  readonly client: Client;
  /** The same for a door that has a name and a value from outside. Rejects only for bugs. */
  call(method: unknown, input: unknown, signal?: AbortSignal): Promise<Result<unknown>>;
  admit(paths: readonly string[]): Promise<Result<Admitted>>;
  document(documentId: string): Promise<Result<DocumentFile>>;
  /** Whether the engine runs and answers. */
  isUp(): boolean;
  /** Lets the engine close its store, and ends it. */
  close(): Promise<void>;
}

/** Times that a request is sent again when the engine ends under it. */
const MAX_RETRIES = 2;
const RESTART_DELAYS_MS = [50, 500, 2000, 5000];
/** An engine that lived this long is not part of a series of crashes. */
const HEALTHY_MS = 30_000;
/** Longest that an engine may take to end by itself. What was shown as saved is safe without that. */
const END_MS = 5000;

type Request = Exclude<ToService, { kind: 'cancel' }>;
type Unnumbered = Request extends infer R ? (R extends Request ? Omit<R, 'id'> : never) : never;

interface Pending {
  readonly message: Request;
  retries: number;
  resolve(result: Result<unknown>): void;
  reject(error: Error): void;
}

export function createHost(options: HostOptions): Host {
  const pending = new Map<number, Pending>();
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  const resumption = createResumption();
  let engine: Channel | null = null;
  let startedAtMs = 0;
  let crashes = 0;
  let restart: NodeJS.Timeout | undefined;
  let nextId = 1;
  let closed = false;
  let isReady = false;

  const post = (message: ToEngine): void => engine?.post(message);
  const relay = createInferenceRelay(() => endedWhenStopped(options.forkInference()), post);
  const heartbeat = createHeartbeat({
    ask: () => post({ kind: 'ping' }),
    beatMs: options.beatMs,
    onSilent(afterMs) {
      const silent = engine;
      ended(`it had not answered for ${Math.round(afterMs / 1000)} s`);
      silent?.close();
    },
  });

  function start(): void {
    const started = endedWhenStopped(options.forkEngine());
    engine = started;
    startedAtMs = Date.now();
    started.onMessage((message) => {
      if (engine !== started) return;
      heartbeat.heard();
      receive(message as FromEngine);
    });
    started.onClose((reason) => {
      if (engine === started) ended(reason);
    });
    post({ kind: 'start', config: options.config });
    heartbeat.start();
  }

  function tell(event: EventName, payload: unknown): void {
    for (const listener of listeners.get(event) ?? []) listener(payload as never);
  }

  function receive(message: FromEngine): void {
    if (message.kind === 'event') {
      resumption.sawEvent(message.event, message.payload);
      tell(message.event, message.payload);
    } else if (message.kind === 'reply' || message.kind === 'fault') {
      const request = pending.get(message.id);
      if (!request) return;
      pending.delete(message.id);
      if (message.kind === 'fault') return request.reject(new Error(message.message));
      resumption.sawReply(request.message, message.result);
      request.resolve(message.result);
    } else if (message.kind === 'ready') {
      isReady = true;
      tell('engine.state', { up: true, reason: null });
    } else if (message.kind !== 'pong') relay.handle(message);
  }

  /** The engine is gone: start another, hand it what was under way, and answer for what must not be done twice. */
  function ended(reason: string): void {
    engine = null;
    isReady = false;
    heartbeat.stop();
    relay.close();
    if (closed) return;
    options.onCrash?.(reason);
    tell('engine.state', { up: false, reason });
    crashes = Date.now() - startedAtMs > HEALTHY_MS ? 1 : crashes + 1;
    for (const [id, request] of pending) {
      const { message } = request;
      const again = message.kind !== 'call' || isIdempotent(message.method);
      if (again && request.retries++ < MAX_RETRIES) continue;
      pending.delete(id);
      request.resolve(engineEnded(reason, again));
    }
    const delay = RESTART_DELAYS_MS[Math.min(crashes, RESTART_DELAYS_MS.length) - 1]!;
    restart = setTimeout(() => {
      restart = undefined;
      const waiting = [...pending.values()];
      start();
      for (const message of resumption.messages()) post({ ...message, id: nextId++ } as ToEngine);
      for (const { message } of waiting) post(message);
    }, delay);
  }

  function send(message: Unnumbered, signal?: AbortSignal): Promise<Result<unknown>> {
    if (closed) return Promise.resolve(errSaid('cancelled', 'failures.closing'));
    if (signal?.aborted) return Promise.resolve(errSaid('cancelled', 'failures.cancelled'));
    const id = nextId++;
    return new Promise((resolve, reject) => {
      // The answer to a cancel does not wait for the engine: whatever it does, the caller is free at once.
      const abort = (): void => {
        post({ kind: 'cancel', id });
        pending.delete(id);
        resolve(errSaid('cancelled', 'failures.cancelled'));
      };
      const done = (): void => signal?.removeEventListener('abort', abort);
      signal?.addEventListener('abort', abort, { once: true });
      const numbered = { ...message, id } as Request;
      pending.set(id, {
        message: numbered,
        retries: 0,
        resolve: (result) => (done(), resolve(result)),
        reject: (error) => (done(), reject(error)),
      });
      if (engine) post(numbered);
    });
  }

  async function call(
    method: unknown,
    input: unknown,
    signal?: AbortSignal,
  ): Promise<Result<unknown>> {
    const valid = validateCall(method, input);
    if (!valid.ok) return valid;
    return send({ kind: 'call', ...valid.value }, signal);
  }

  start();
  return {
    call,
    client: {
      call: <M extends MethodName>(
        method: M,
        input: MethodInput<M>,
        { signal }: { signal?: AbortSignal } = {},
      ) => call(method, input, signal) as Promise<Result<MethodOutput<M>>>,
      on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void) {
        const set = listeners.get(event) ?? new Set();
        listeners.set(event, set);
        set.add(listener as (payload: never) => void);
        return () => void set.delete(listener as (payload: never) => void);
      },
    },
    admit: async (paths) => (await send({ kind: 'admit', paths: [...paths] })) as Result<Admitted>,
    document: async (documentId) =>
      (await send({ kind: 'document', documentId })) as Result<DocumentFile>,
    isUp: () => isReady && !heartbeat.isSilent(),
    close() {
      closed = true;
      clearTimeout(restart);
      heartbeat.stop();
      for (const request of pending.values()) {
        request.resolve(errSaid('cancelled', 'failures.closing'));
      }
      pending.clear();
      const ending = engine;
      if (!ending) return Promise.resolve();
      return new Promise((resolve) => {
        const late = setTimeout(() => ending.close(), END_MS);
        ending.onClose(() => {
          clearTimeout(late);
          relay.close();
          resolve();
        });
        ending.post({ kind: 'stop' } satisfies ToEngine);
      });
    },
  };
}

function engineEnded(reason: string, retried: boolean): Result<never> {
  return errSaid('busy', retried ? 'failures.engineEndedAgain' : 'failures.engineEnded', {
    reason,
  });
}

function isIdempotent(method: string): boolean {
  return isMethodName(method) && METHODS[method].idempotent;
}
