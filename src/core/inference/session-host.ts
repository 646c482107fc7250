import type { DeviceReport } from '../../shared/contract';
import { err, ok, type Result } from '../../shared/domain';
import type { ParentChannel } from '../base/channel';
import type { FromInference, GraphRef, ToInference } from './messages';
import { readGraph } from './read-graph';
import { chooseProvider, type ProviderChoice } from './providers';
import type { Runtime, Session } from './runtime';

/**
 * The work of the inference process: loads graphs when first asked for, runs batches one after the other in
 * the order they came, and answers each. Failures of ONNX Runtime that are exceptions become answers; those
 * that are crashes are the supervisor's business (`client.ts`).
 */
export function hostSessions(channel: ParentChannel, loadRuntime: () => Promise<Runtime>): void {
  const sessions = new Map<string, Session>();
  let runtime: Runtime | null = null;
  let choice: ProviderChoice | null = null;
  let queue: Promise<void> = Promise.resolve();
  const post = (message: FromInference): void =>
    channel.post(
      message.kind === 'reply' && choice ? { ...message, provider: choice.provider } : message,
    );

  channel.onMessage((raw) => {
    const message = raw as ToInference;
    queue = queue.then(() => answer(message));
  });

  async function answer(message: ToInference): Promise<void> {
    try {
      runtime ??= await loadRuntime();
      if (message.kind === 'devices') {
        post({ kind: 'reply', id: message.id, result: ok(devices(runtime)) });
        return;
      }
      const session = await sessionFor(runtime, message.graph, message.banned);
      const result = session.ok ? ok(await session.value.run(message.inputs)) : session;
      post({ kind: 'reply', id: message.id, result });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      const where = message.kind === 'run' ? ` on ${message.graph.path}` : '';
      const result = err('inference-failed', `ONNX Runtime failed${where}: ${text}`);
      post({ kind: 'reply', id: message.id, result });
    }
  }

  async function sessionFor(
    from: Runtime,
    graph: GraphRef,
    banned: readonly string[],
  ): Promise<Result<Session>> {
    const known = sessions.get(graph.key);
    if (known) return ok(known);
    // Looked at again in every process: between the check of the engine and this one the file may have been exchanged.
    const bytes = await readGraph(graph);
    if (!bytes.ok) return bytes;
    const threads = graph.threads === 'one' ? 1 : undefined;
    let session: Session;
    if (!graph.accelerate) {
      session = await from.createSession(bytes.value, 'cpu', threads);
    } else {
      const onTrying = (provider: string | null): Promise<void> => {
        post({ kind: 'trying', provider });
        // The message has to be out before native code gets its chance to crash.
        return new Promise((resolve) => setImmediate(resolve));
      };
      choice = await chooseProvider(from, bytes.value, { banned, onTrying, threads });
      session = choice.session;
    }
    sessions.set(graph.key, session);
    return ok(session);
  }

  function devices(from: Runtime): readonly DeviceReport[] {
    if (choice) return choice.reports;
    return from.providers().map((provider) => ({
      provider,
      available: provider === 'cpu',
      chosen: false,
      maxDifference: null,
      segmentsPerSecond: null,
      reason: 'Not tried yet: providers are tried when a model first runs.',
    }));
  }
}
