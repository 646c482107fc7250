import { afterEach, describe, expect, it, vi } from 'vitest';
import { err, ok, type Result } from '../../shared/domain';
import type { Service } from '../service';
import { serveRequests } from './serve-requests';

type Handler = (input: unknown, context: { signal: AbortSignal }) => Promise<Result<unknown>>;

function serve(handler: Handler): {
  ask: ReturnType<typeof serveRequests>;
  answers: { kind: string; id?: number }[];
} {
  const answers: { kind: string; id?: number }[] = [];
  const service = {
    handlers: { 'app.info': handler },
    admit: async (paths: readonly string[]) => ok({ entries: [], sourceIds: [...paths] }),
    document: async () => err('not-found', 'There is none.'),
  } as unknown as Service;
  const ask = serveRequests(Promise.resolve(ok(service)), (message) => answers.push(message));
  return { ask, answers };
}
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe('serveRequests', () => {
  afterEach(() => vi.restoreAllMocks());

  it('answers calls and what only a host may ask', async () => {
    const { ask, answers } = serve(async (input) => ok(input));
    ask({ kind: 'call', id: 1, method: 'app.info', input: { a: 1 } });
    ask({ kind: 'admit', id: 2, paths: ['/x'] });
    ask({ kind: 'document', id: 3, documentId: 'd' });
    await settle();
    expect(answers).toEqual([
      { kind: 'reply', id: 1, result: ok({ a: 1 }) },
      { kind: 'reply', id: 2, result: ok({ entries: [], sourceIds: ['/x'] }) },
      { kind: 'reply', id: 3, result: err('not-found', 'There is none.') },
    ]);
  });

  it('reports a thrown error as a fault of that request and goes on', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    let calls = 0;
    const { ask, answers } = serve(async () => {
      if (calls++ === 0) throw new TypeError('x is undefined');
      return ok('fine');
    });
    ask({ kind: 'call', id: 1, method: 'app.info', input: {} });
    ask({ kind: 'call', id: 2, method: 'app.info', input: {} });
    await settle();
    expect(answers).toContainEqual({ kind: 'fault', id: 1, message: 'app.info: x is undefined' });
    expect(answers).toContainEqual({ kind: 'reply', id: 2, result: ok('fine') });
    expect(log).toHaveBeenCalledOnce();
  });

  it('aborts the request that is cancelled and no other', async () => {
    const aborted: unknown[] = [];
    const { ask } = serve(async (input, { signal }) => {
      signal.addEventListener('abort', () => aborted.push(input));
      await settle();
      return ok(null);
    });
    ask({ kind: 'call', id: 1, method: 'app.info', input: 'first' });
    ask({ kind: 'call', id: 2, method: 'app.info', input: 'second' });
    await Promise.resolve();
    await Promise.resolve();
    ask({ kind: 'cancel', id: 2 });
    ask({ kind: 'cancel', id: 99 });
    await settle();
    expect(aborted).toEqual(['second']);
  });

  it('answers every request with the reason when the service could not start', async () => {
    const answers: unknown[] = [];
    const failure = err('not-writable', '/data: read-only.');
    const ask = serveRequests(Promise.resolve(failure), (message) => answers.push(message));
    ask({ kind: 'call', id: 1, method: 'app.info', input: {} });
    await settle();
    expect(answers).toEqual([{ kind: 'reply', id: 1, result: failure }]);
  });
});
