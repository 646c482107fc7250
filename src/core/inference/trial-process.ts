import type { Result } from '../../shared/domain';
import type { Channel } from '../base/channel';
import type { FromInference, GraphRef, ToInference } from './messages';
import type { Tensors } from './types';

/** What came of one request to a process that is only tried. */
export type TrialAnswer<T> =
  | { readonly kind: 'answered'; readonly result: Result<T>; readonly ms: number }
  /** The process is gone, as after a crash of native code. */
  | { readonly kind: 'ended'; readonly reason: string }
  | { readonly kind: 'late' }
  | { readonly kind: 'stopped' };

/** An inference process for a trial: nothing of it is started again, and nothing waits for it for ever. */
export interface TrialProcess {
  /** Whether a session could be opened: the provider is there. */
  readonly opened: boolean;
  providers(): Promise<TrialAnswer<readonly string[]>>;
  run(graph: GraphRef, inputs: Tensors): Promise<TrialAnswer<Tensors>>;
  close(): void;
}

/**
 * @param limitMs longest that one request may take
 * @param signal ends the process and answers `stopped`
 */
export function openTrialProcess(
  spawn: () => Channel,
  limitMs: number,
  signal?: AbortSignal,
): TrialProcess {
  const channel = spawn();
  let opened = false;
  let nextId = 1;
  let ended: string | null = null;
  let settle: (answer: TrialAnswer<never>) => void = () => undefined;
  let receive: (message: FromInference) => void = () => undefined;
  channel.onMessage((raw) => {
    const message = raw as FromInference;
    if (message.kind === 'step' && message.step === 'session-opened') opened = true;
    receive(message);
  });
  channel.onClose((reason) => {
    ended = reason;
    settle({ kind: 'ended', reason });
  });

  function ask<T>(message: ToInference): Promise<TrialAnswer<T>> {
    if (signal?.aborted) return Promise.resolve({ kind: 'stopped' });
    if (ended !== null) return Promise.resolve({ kind: 'ended', reason: ended });
    const startedMs = performance.now();
    return new Promise((resolve) => {
      const end = (answer: TrialAnswer<T>): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', stop);
        resolve(answer);
      };
      const stop = (): void => end({ kind: 'stopped' });
      const timer = setTimeout(() => end({ kind: 'late' }), limitMs);
      signal?.addEventListener('abort', stop, { once: true });
      settle = end;
      receive = (reply) => {
        if (reply.kind !== 'reply' || reply.id !== message.id) return;
        const ms = performance.now() - startedMs;
        end({ kind: 'answered', result: reply.result as Result<T>, ms });
      };
      channel.post(message);
    });
  }

  return {
    get opened() {
      return opened;
    },
    providers: () => ask({ kind: 'providers', id: nextId++ }),
    run: (graph, inputs) => ask({ kind: 'run', id: nextId++, graph, inputs }),
    close: () => channel.close(),
  };
}
