import type { EventName, EventPayload } from '../../shared/contract';
import type { Result } from '../../shared/domain';
import { makeConsolePlain } from '../base/plain-console';
import type { Service, ServiceDependencies } from '../service';
import { keepWithin } from '../recordings/within-root';
import { createPool } from '../workers/pool';
import type { ParentChannel } from '../base/channel';
import { entryPath } from './entries';
import type { EngineConfig, FromEngine, ToEngine } from './link';
import { loadsAhead } from './load-ahead';
import { createMachineInference } from './machine-inference';
import { createRelayedInference } from './relay';
import { serveRequests } from './serve-requests';

/**
 * The engine: hosts the service, its worker threads, and the client of the inference processes, which the host
 * starts and joins to it.
 */
export function runEngine(
  channel: ParentChannel,
  createService: (dependencies: ServiceDependencies) => Promise<Result<Service>>,
): void {
  makeConsolePlain();
  const post = (message: FromEngine): void => channel.post(message);
  const relayed = createRelayedInference(post);
  let serve: ReturnType<typeof serveRequests> | null = null;
  let service: Promise<Result<Service>> | null = null;
  let ending: Promise<void> | null = null;

  function start(config: EngineConfig): void {
    const root = config.root ?? null;
    keepWithin(root);
    const pool = createPool({ entry: entryPath('worker'), workerData: { root }, first: 'tile' });
    const { demoPath, ...others } = config;
    service = createService({
      ...others,
      ...(loadsAhead() ? { demoPath } : {}),
      pool,
      inference: createMachineInference({
        ...config,
        pool,
        spawn: relayed.spawn,
        tryWhenIdle: true,
        onCrash: (reason) => console.error(`fiducial: the inference process ended (${reason}).`),
      }),
      emit: <E extends EventName>(event: E, payload: EventPayload<E>) =>
        post({ kind: 'event', event, payload }),
    });
    serve = serveRequests(service, post);
    post({ kind: 'ready' });
  }

  /** Brings the store into its one file. Threads and processes hold nothing that has to be kept: they just end. */
  function end(): Promise<void> {
    return (ending ??= (async () => {
      const opened = await service;
      if (opened?.ok) await opened.value.close();
    })());
  }

  channel.onEnd(end);
  channel.onMessage((raw) => {
    const message = raw as ToEngine;
    if (message.kind === 'start') start(message.config);
    else if (message.kind === 'ping') post({ kind: 'pong' });
    else if (message.kind === 'stop') void end().finally(() => process.exit(0));
    else if (!relayed.handle(message)) serve?.(message as Parameters<typeof serve>[0]);
  });
}
