import type { FromService, MethodName, ToService } from '../../shared/contract';
import type { Result } from '../../shared/domain';
import type { Service } from '../service';
import type { FromEngine } from './link';

type Handler = (input: unknown, context: { signal: AbortSignal }) => Promise<Result<unknown>>;

type Request = Exclude<ToService, { kind: 'cancel' }>;

/**
 * Answers a host's requests with a service; one that could not be started answers with the reason. A thrown error is a bug:
 * it is reported as a fault of that request and the engine goes on.
 * @returns what to call for every message of the host
 */
export function serveRequests(
  service: Promise<Result<Service>>,
  post: (message: FromService | Extract<FromEngine, { kind: 'fault' }>) => void,
): (message: ToService) => void {
  const running = new Map<number, AbortController>();

  async function answer(message: Request): Promise<void> {
    const abort = new AbortController();
    running.set(message.id, abort);
    try {
      const started = await service;
      const result = started.ok ? await ask(started.value, message, abort.signal) : started;
      post({ kind: 'reply', id: message.id, result });
    } catch (error) {
      console.error(error);
      const text = error instanceof Error ? error.message : String(error);
      const what = message.kind === 'call' ? message.method : message.kind;
      post({ kind: 'fault', id: message.id, message: `${what}: ${text}` });
    } finally {
      running.delete(message.id);
    }
  }

  return (message) => {
    if (message.kind === 'cancel') running.get(message.id)?.abort();
    else void answer(message);
  };
}

function ask(service: Service, message: Request, signal: AbortSignal): Promise<Result<unknown>> {
  if (message.kind === 'admit') return service.admit(message.paths);
  if (message.kind === 'document') return service.document(message.documentId);
  const handler = service.handlers[message.method as MethodName] as Handler;
  return handler(message.input, { signal });
}
