import { errSaid } from '../../shared/domain/said';
import type { Admitted, EventName } from '../../shared/contract';
import type { Failure, Result } from '../../shared/domain';
import type { Bridge, HostEventName } from '../../shared/transport/bridge';
import { decode, encode } from '../../shared/transport/codec';
import { createQueues } from './queues';

const BODY_TYPE = 'application/x-fiducial';

/**
 * The bridge over HTTP, for a browser that shows what the browser host serves. The host checks origin and
 * inputs; this side only carries.
 */
export function createHttpBridge(base = ''): Bridge {
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const queueFor = createQueues();
  const running = new Map<number, AbortController>();
  let listening = false;

  async function post(
    path: string,
    body: BodyInit | null,
    headers: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<Result<never>> {
    let response: Response;
    let bytes: Uint8Array;
    try {
      response = await fetch(base + path, {
        method: 'POST',
        body,
        headers,
        ...(signal ? { signal } : {}),
      });
      bytes = new Uint8Array(await response.arrayBuffer());
    } catch (error) {
      if (signal?.aborted) return errSaid('cancelled', 'failures.requestStopped');
      return errSaid('not-found', 'failures.hostSilent', { why: String(error) });
    }
    const type = response.headers.get('content-type') ?? '';
    if (type.startsWith(BODY_TYPE)) return decode(bytes) as Result<never>;
    return problem(response.status, type, bytes);
  }

  function listen(event: EventName | HostEventName, listener: (payload: never) => void) {
    const set = listeners.get(event) ?? new Set();
    set.add(listener);
    listeners.set(event, set);
    if (!listening) {
      listening = true;
      openEvents(base, (name, payload) => listeners.get(name)?.forEach((l) => l(payload as never)));
    }
    return () => set.delete(listener);
  }

  return {
    kind: 'browser',
    async call(method, input, requestId) {
      const controller = new AbortController();
      const queue = queueFor(method);
      running.set(requestId, controller);
      const entered = queue === null || (await queue.enter(controller.signal));
      try {
        if (!entered) return errSaid('cancelled', 'failures.requestStopped');
        return await post(
          `/rpc/${method}`,
          encode(input),
          { 'content-type': BODY_TYPE },
          controller.signal,
        );
      } finally {
        if (entered) queue?.leave();
        running.delete(requestId);
      }
    },
    // Aborting closes the connection, which stops the request at the host too.
    cancel: (requestId) => running.get(requestId)?.abort(),
    on: listen as Bridge['on'],
    pick: (kind) =>
      post('/host/pick', encode({ kind }), { 'content-type': BODY_TYPE }) as ReturnType<
        Bridge['pick']
      >,
    dropped(files) {
      const form = new FormData();
      for (const file of files) form.append('file', file, file.name);
      return post('/upload', form, {}) as ReturnType<Bridge['dropped']>;
    },
    async save(document) {
      // The browser asks where to keep it, or keeps it among its downloads.
      const link = window.document.createElement('a');
      link.href = documentUrl(base, document.documentId);
      link.download = document.suggestedName;
      link.click();
      return { ok: true, value: { saved: true } };
    },
  };
}

/** Where the browser host serves a finished document. */
export function documentUrl(base: string, documentId: string): string {
  return `${base}/documents/${encodeURIComponent(documentId)}`;
}

function failed(code: Failure['code'], message: string): Result<never> {
  return { ok: false, error: { code, message } };
}

/** The host answers contract results as values; anything else is a problem document (RFC 9457). */
function problem(status: number, type: string, bytes: Uint8Array): Result<never> {
  if (type.includes('json')) {
    const body = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    if (typeof body['ok'] === 'boolean') return body as unknown as Result<never>;
    const detail = body['detail'] ?? body['title'] ?? `HTTP ${status}`;
    return failed(status === 503 ? 'busy' : 'bad-input', String(detail));
  }
  return errSaid(status === 404 ? 'not-found' : 'bad-input', 'failures.hostAnswered', { status });
}

/** Wait before a stream that was refused is asked for again; the browser itself waits as the host says. */
const REFUSED_MS = 2000;

/**
 * Events come as one stream of server-sent events, each `{event, payload}`. The browser connects again by
 * itself while nobody answers; a host that was started anew with another token refuses the old session until the reader
 * opens its address, in any tab. A page in the background lets go of its stream: six of them would hold every connection to the host.
 */
function openEvents(base: string, receive: (event: string, payload: unknown) => void): void {
  let opened: string | null = null;
  let source: EventSource | null = null;
  let away = false;

  function connect(): void {
    source?.close();
    const stream = new EventSource(`${base}/events`);
    source = stream;
    stream.onopen = () => {
      receive('host.connection', { up: true });
      if (away) receive('host.missed', {});
      away = false;
    };
    stream.onerror = () => {
      receive('host.connection', { up: false });
      if (stream.readyState !== EventSource.CLOSED) return;
      setTimeout(() => {
        void fetch(`${base}/`)
          .then(({ status }) => {
            if (status === 401) receive('host.connection', { up: false, locked: true });
          })
          .catch(() => undefined)
          .then(() => source === stream && connect());
      }, REFUSED_MS);
    };
    stream.onmessage = (message: MessageEvent<string>) => {
      const { event, payload } = JSON.parse(message.data) as { event: string; payload: unknown };
      if (event === 'host.admitted') {
        // Every stream begins with what the command line named; after the first it is no news, and must not take
        // the reader away from another recording.
        const ids = (payload as Admitted).entries.map(({ recordingId }) => recordingId).join();
        if (ids === opened) return;
        opened = ids;
      }
      receive(event, payload);
    };
  }

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) return connect();
    away = true;
    source?.close();
    source = null;
  });
  connect();
}
