import type { FastifyInstance } from 'fastify';
import type { ServerResponse } from 'node:http';
import type { Host } from '../../core/host';
import { EVENTS, type Admitted, type EventName } from '../../shared/contract';

/** Keeps the connection alive through whatever closes silent ones. */
const HEARTBEAT_MS = 15_000;
/** A page that does not read is cut off rather than buffered for ever. */
const LARGEST_BACKLOG_BYTES = 8 << 20;

export interface EventOptions {
  readonly host: Host;
  /** What was named on the command line: a page opens it when it connects. */
  readonly opened: () => Admitted | null;
}

/** `GET /events`: the service's events as one stream of server-sent events, each `{event, payload}`. */
export async function eventRoutes(
  app: FastifyInstance,
  { host, opened }: EventOptions,
): Promise<void> {
  const streams = new Set<ServerResponse>();

  function send(stream: ServerResponse, event: string, payload: unknown): void {
    if (stream.writableLength > LARGEST_BACKLOG_BYTES) stream.destroy();
    else stream.write(`data: ${JSON.stringify({ event, payload })}\n\n`);
  }

  const stops = (Object.keys(EVENTS) as EventName[]).map((event) =>
    host.client.on(event, (payload) => {
      for (const stream of streams) send(stream, event, payload);
    }),
  );
  const heartbeat = setInterval(() => {
    for (const stream of streams) stream.write(': alive\n\n');
  }, HEARTBEAT_MS);

  app.get('/events', (request, reply) => {
    reply.hijack();
    const stream = reply.raw;
    stream.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    stream.write('retry: 1000\n\n');
    streams.add(stream);
    request.raw.once('close', () => streams.delete(stream));
    const admitted = opened();
    if (admitted) send(stream, 'host.admitted', admitted);
  });

  app.addHook('preClose', async () => {
    clearInterval(heartbeat);
    for (const stop of stops) stop();
    for (const stream of streams) stream.end();
    streams.clear();
  });
}
