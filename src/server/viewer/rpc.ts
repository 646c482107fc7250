import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Host } from '../../core/host';
import type { MethodName } from '../../shared/contract';
import { err, type Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import { decode, encode } from '../../shared/transport/codec';

export const BODY_TYPE = 'application/x-fiducial';
/** Of an exported review of a day, or decisions on all of its findings. */
const LARGEST_BODY_BYTES = 16 << 20;
/** Of everything else, so that nothing larger is taken apart in the thread that answers tiles. */
const LARGEST_INPUT_BYTES = 64 << 10;
const LARGE_INPUTS: readonly string[] = [
  'review.import',
  'review.decide',
  'families.decide',
] satisfies readonly MethodName[];

/**
 * Requests of the contract: `POST /rpc/METHOD`, stopped by closing the connection, as a browser does when its `fetch` is
 * aborted: to stop one takes no connection of the few that it has.
 */
export async function rpcRoutes(app: FastifyInstance, { host }: { host: Host }): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    BODY_TYPE,
    { parseAs: 'buffer', bodyLimit: LARGEST_BODY_BYTES },
    (_request, body, done) => done(null, body),
  );

  app.post<{ Params: { method: string }; Body: Buffer | undefined }>(
    '/rpc/:method',
    async (request, reply) => {
      const { method } = request.params;
      if ((request.body?.length ?? 0) > LARGEST_INPUT_BYTES && !LARGE_INPUTS.includes(method)) {
        return sendResult(reply, errSaid('too-large', 'failures.inputTooLarge', { method }));
      }
      const input = decodeBody(request.body);
      if (!input.ok) return sendResult(reply, input);
      const controller = new AbortController();
      // 'close' also comes after a finished answer; aborting then changes nothing.
      reply.raw.once('close', () => controller.abort());
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
