import { basename } from 'node:path';
import { ok, type Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import type { ParentChannel } from '../base/channel';
import type { FromInference, GraphRef, ToInference } from './messages';
import { readGraph } from './read-graph';
import type { Runtime, Session } from './runtime';

/**
 * The work of the inference process: loads graphs when first asked for, runs batches one after the other in
 * the order they came, and answers each. Failures of ONNX Runtime that are exceptions become answers; those
 * that are crashes are the supervisor's business (`client.ts`).
 * @param onFirstAnswer called once the first batch was answered
 */
export function hostSessions(
  channel: ParentChannel,
  loadRuntime: () => Promise<Runtime>,
  onFirstAnswer: () => void = () => undefined,
): void {
  /** By graph; each on the provider that was last asked for. */
  const sessions = new Map<string, { readonly provider: string; readonly session: Session }>();
  let hasAnswered = false;
  let loaded: Runtime | null = null;
  let queue: Promise<void> = Promise.resolve();
  const post = (message: FromInference): void => channel.post(message);

  channel.onMessage((raw) => {
    const message = raw as ToInference;
    queue = queue.then(() => answer(message));
  });

  async function answer(message: ToInference): Promise<void> {
    const { id } = message;
    try {
      const runtime = await runtimeFor(id);
      if (message.kind === 'providers') {
        post({ kind: 'reply', id, result: ok(runtime.providers()) });
        return;
      }
      const session = await sessionFor(runtime, message.graph, id);
      if (!session.ok) post({ kind: 'reply', id, result: session });
      else {
        const outputs = message.kind === 'run' ? await session.value.run(message.inputs) : {};
        post({ kind: 'reply', id, result: ok(outputs) });
        if (message.kind === 'run' && !hasAnswered) onFirstAnswer();
        hasAnswered ||= message.kind === 'run';
      }
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      const result =
        message.kind === 'providers'
          ? errSaid('inference-failed', 'failures.runtimeFailed', { why: text })
          : errSaid('inference-failed', 'failures.runtimeFailedOn', {
              graph: basename(message.graph.path),
              why: text,
            });
      post({ kind: 'reply', id, result });
    }
  }

  async function runtimeFor(id: number): Promise<Runtime> {
    if (loaded) return loaded;
    loaded = await loadRuntime();
    await step(id, 'runtime-loaded');
    return loaded;
  }

  async function sessionFor(
    runtime: Runtime,
    graph: GraphRef,
    id: number,
  ): Promise<Result<Session>> {
    const known = sessions.get(graph.key);
    if (known?.provider === graph.provider) return ok(known.session);
    // Looked at again in every process: between the check of the engine and this one the file may have been exchanged.
    const bytes = await readGraph(graph);
    if (!bytes.ok) return bytes;
    const threads = graph.threads === 'one' ? 1 : undefined;
    const session = await runtime.createSession(bytes.value, graph.provider, threads);
    sessions.set(graph.key, { provider: graph.provider, session });
    await known?.session.release();
    await step(id, 'session-opened');
    return ok(session);
  }

  /** The message has to be out before native code holds this process again. */
  function step(id: number, what: Extract<FromInference, { kind: 'step' }>['step']): Promise<void> {
    post({ kind: 'step', id, step: what });
    return new Promise((resolve) => setImmediate(resolve));
  }
}
