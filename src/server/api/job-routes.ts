import { createReadStream } from 'node:fs';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { problem, problemOf, sendProblem } from '../problem';
import type { Asker, Jobs } from './job';

const GONE = 'There is no such job; jobs and their answers are kept for a while.';
const TAGS = ['predict'];
const PARAMS = {
  type: 'object',
  properties: { id: { type: 'string', description: 'Of the answer to POST /predict?async=1' } },
} as const;

export interface JobRoutesOptions {
  readonly jobs: Jobs;
  readonly askerOf: (request: FastifyRequest) => Asker;
}

/** `GET /jobs/ID` and `DELETE /jobs/ID`: the predictions that nobody waits for. */
export async function jobRoutes(
  app: FastifyInstance,
  { jobs, askerOf }: JobRoutesOptions,
): Promise<void> {
  app.get<{ Params: { id: string } }>(
    '/jobs/:id',
    {
      schema: {
        summary: 'The answer of a job: 202 until it is there, then that of POST /predict',
        tags: TAGS,
        params: PARAMS,
      },
    },
    async (request, reply) => {
      const found = await jobs.find(request.params.id, askerOf(request));
      if (!found.ok) return sendProblem(reply, problemOf(found.error));
      const job = found.value;
      if (!job) return sendProblem(reply, problem(404, GONE, 'not-found'));
      if (job.state === 'failed') {
        // Broken off by its time, which is nobody's going away.
        return job.error.code === 'cancelled'
          ? sendProblem(reply, problem(408, job.error.message, 'cancelled'))
          : sendProblem(reply, problemOf(job.error));
      }
      if (job.state !== 'done') {
        return reply.code(202).header('retry-after', '1').send({ state: job.state });
      }
      return reply
        .type('application/json; charset=utf-8')
        .header('content-length', job.bytes)
        .send(createReadStream(job.file));
    },
  );
  app.delete<{ Params: { id: string } }>(
    '/jobs/:id',
    { schema: { summary: 'Break a job off, or forget its answer', tags: TAGS, params: PARAMS } },
    async (request, reply) => {
      const removed = await jobs.remove(request.params.id, askerOf(request));
      if (!removed.ok) return sendProblem(reply, problemOf(removed.error));
      return removed.value
        ? reply.code(204).send()
        : sendProblem(reply, problem(404, GONE, 'not-found'));
    },
  );
}
