import type { Result } from '../domain';
import type { EventName, EventPayload } from './events';
import type { MethodInput, MethodName, MethodOutput } from './methods';

/** How a request can be stopped and told apart. */
export interface RequestContext {
  readonly signal: AbortSignal;
}

/** Handlers by method name: what `core/service.ts` implements and every door calls. */
export type Handlers = {
  readonly [M in MethodName]: (
    input: MethodInput<M>,
    context: RequestContext,
  ) => Promise<Result<MethodOutput<M>>>;
};

/** What a client of any door sees: typed calls that can be cancelled, and events. */
export interface Client {
  call<M extends MethodName>(
    method: M,
    input: MethodInput<M>,
    options?: { signal?: AbortSignal },
  ): Promise<Result<MethodOutput<M>>>;
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void;
}
