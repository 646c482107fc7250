import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Host } from '../../core/processes/host';
import { err, type Result } from '../../shared/domain';
import { decode, encode } from '../../shared/transport/codec';

export const BODY_TYPE = 'application/x-fiducial';
/** Inputs are small; the largest is an exported review of a day. */
const LARGEST_INPUT_BYTES = 16 << 20;

/**
 * Requests of the contract: `POST /rpc/METHOD`, stopped by closing the connection, as a browser does when its `fetch` is
 * aborted: to stop one takes no connection of the few that it has.
 */
export async function rpcRoutes(app: FastifyInstance, { host }: { host: Host }): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    BODY_TYPE,
    { parseAs: 'buffer', bodyLimit: LARGEST_INPUT_BYTES },
    (_request, body, done) => done(null, body),
  );

  app.post<{ Params: { method: string }; Body: Buffer | undefined }>(
    '/rpc/:method',
    async (request, reply) => {
      const input = decodeBody(request.body);
      if (!input.ok) return sendResult(reply, input);
      const controller = new AbortController();
      // 'close' also comes after a finished answer; aborting then changes nothing.
      reply.raw.once('close', () => controller.abort());
      const { method } = request.params;
      return sendResult(reply, await host.call(method, input.value, controller.signal));
    },
  );
}

/** The input that a request carries, an empty one where it has no body. */
export function decodeBody(body: Buffer | undefined): Result<unknown> {
  if (!body || body.length === 0) return { ok: true, value: {} };
  try {
    return { ok: true, value: decode(body) };
  } catch (cause) {
    return err('bad-input', cause instanceof Error ? cause.message : String(cause));
  }
}

/** Failures are values here as at every door: the status is 200 whenever the service has answered. */
export function sendResult(reply: FastifyReply, result: Result<unknown>): FastifyReply {
  const body = encode(result);
  return reply.type(BODY_TYPE).send(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
}
