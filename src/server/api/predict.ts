import type { IncomingMessage } from 'node:http';
import { finished, Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { removeTemporaryFolder } from '../../core/host';
import type { Failure, Result } from '../../shared/domain';
import type { Metrics } from '../metrics';
import type { Tracing } from '../spans';
import { problem, problemOf, sendProblem } from '../problem';
import { answerText, type AnswerParts } from './answer';
import { ARRIVAL_WINDOW_MS, watchArrival } from './arrival';
import { createGate } from './gate';
import { jobRoutes } from './job-routes';
import { FULL, type Asker, type JobsOptions } from './job';
import { createJobs } from './jobs';
import { PREDICT_SCHEMA } from './predict-schema';
import { computePrediction, receivePrediction, type PredictEngine } from './prediction';
import { openQueuedJobs, type SharedJobs } from './queued-jobs';
import { uploadFolder } from './receive-upload';

export type { PredictEngine } from './prediction';

export interface PredictLimits {
  /** Largest signal file. */
  readonly uploadBytes: number;
  /** Requests received, waiting or at work together; more are told to come back (503). */
  readonly inside: number;
  /** Predictions computed at a time. */
  readonly atWork: number;
  /** Predictions that nobody waits for (`?async=1`), waiting, at work or kept; more are told to come back (503). */
  readonly jobs: number;
  /** What the uploads of those that are not finished may take on disk. */
  readonly jobBytes: number;
  /** What their answers may take on disk; more are told to come back (503). */
  readonly answerBytes: number;
  /** How long an answer is kept for whoever asks for it. */
  readonly keptMs: number;
  /** How long a job may wait in a queue that servers share. */
  readonly waitMs: number;
  /** Predictions that one address may ask for in a minute; null for any number. */
  readonly perMinute: number | null;
  /** From the first byte of the request to the answer. */
  readonly timeoutMs: number;
  /** In which a part of the body worth waiting for must arrive. */
  readonly arrivalMs: number;
}

export const PREDICT_LIMITS: PredictLimits = {
  uploadBytes: 256e6,
  inside: 256,
  atWork: 2,
  jobs: 1000,
  jobBytes: 8e9,
  answerBytes: 8e9,
  keptMs: 600_000,
  waitMs: 3_600_000,
  perMinute: null,
  timeoutMs: 300_000,
  arrivalMs: ARRIVAL_WINDOW_MS,
};

export interface PredictOptions {
  /** Started with the first prediction. */
  readonly engine: () => PredictEngine;
  readonly limits: PredictLimits;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly askerOf: (request: FastifyRequest) => Asker;
  readonly version: string;
  /** Where jobs wait that any of several servers may answer; null: in this process. */
  readonly shared: SharedJobs | null;
}

/**
 * `POST /predict`: one recording in, its class and every segment out; and the jobs of those who do not wait for it.
 * @throws Error where the queue that servers share cannot be had
 */
export async function predictRoute(
  app: FastifyInstance,
  { engine, limits, metrics, tracing, askerOf, version, shared }: PredictOptions,
): Promise<void> {
  const gate = createGate(limits.inside, limits.atWork);
  const parts = { engine, gate, metrics, tracing, uploadBytes: limits.uploadBytes };
  const work: JobsOptions = {
    limits,
    compute: (prepared, signal, onStart) => computePrediction(prepared, signal, parts, onStart),
    textOf: (answer, signal) => answerText(answer, engine(), signal),
  };
  const { models } = engine();
  const jobs = shared
    ? thrown(await openQueuedJobs({ ...work, limits, shared, version, models, tracing }))
    : createJobs(work);
  metrics.watch({ gate, jobs });
  app.addHook('onClose', () => jobs.close());
  await takeBodies(app, limits);
  if (limits.perMinute !== null) await app.register(rateLimit, { global: false });
  await app.register(jobRoutes, { jobs, askerOf });

  app.post(
    '/predict',
    {
      schema: PREDICT_SCHEMA,
      bodyLimit: limits.uploadBytes + (1 << 20),
      ...(limits.perMinute === null
        ? {}
        : { config: { rateLimit: { max: limits.perMinute, timeWindow: 60_000 } } }),
    },
    async (request, reply) => {
      const leave = gate.enter();
      if (!leave) {
        // The connection ends with the answer. Whoever still sends then hears of a broken pipe instead of it, so that a
        // small body is let in and dropped first; the rest of a large one is not read.
        reply.header('connection', 'close');
        await dropSmallBody(request.raw);
        return busy(reply);
      }
      const stop = new AbortController();
      const timer = setTimeout(() => stop.abort(new Error('timeout')), limits.timeoutMs);
      // Listened for before anything is awaited: a client may be gone by then.
      reply.raw.once('close', () => stop.abort(new Error('closed')));
      const arrived = watchArrival(
        request.raw,
        () => stop.abort(new Error('slow')),
        limits.arrivalMs,
      );
      const made = await uploadFolder();
      if (!made.ok) {
        clearTimeout(timer);
        arrived();
        leave();
        return sendProblem(reply, problemOf(made.error));
      }
      const folder = made.value;
      let isCleaned = false;
      let isHandedOver = false;
      const clean = async (): Promise<void> => {
        if (isCleaned) return;
        isCleaned = true;
        clearTimeout(timer);
        arrived();
        leave();
        if (!isHandedOver) await removeTemporaryFolder(folder);
      };
      // Whatever ends the exchange (a finished answer, a client that went away): the upload goes.
      if (stop.signal.aborted) await clean();
      else reply.raw.once('close', () => void clean());
      try {
        const prepared = await receivePrediction(request, folder, stop.signal, parts);
        if (!prepared.ok) return refuse(prepared.error, request, reply, stop.signal);
        if (prepared.value.isAsync && !stop.signal.aborted) {
          const added = await jobs.add(folder, prepared.value, askerOf(request));
          if (!added.ok) return sendProblem(reply, problemOf(added.error));
          isHandedOver = true;
          const id = added.value;
          const place = `/jobs/${id}`;
          reply.code(202).header('location', place).header('retry-after', '1');
          return reply.send({ id, state: 'waiting', location: place });
        }
        const answer = await computePrediction(prepared.value, stop.signal, parts);
        if (!answer.ok) return refuse(answer.error, request, reply, stop.signal);
        // How long its sending takes is up to the client.
        clearTimeout(timer);
        return send(reply, answer.value, stop.signal);
      } catch (bug) {
        await clean();
        throw bug;
      }
    },
  );

  function send(reply: FastifyReply, parts: AnswerParts, signal: AbortSignal): FastifyReply {
    const body = Readable.from(answerText(parts, engine(), signal), { objectMode: false });
    return reply.type('application/json; charset=utf-8').send(body);
  }
}

async function takeBodies(app: FastifyInstance, { uploadBytes }: PredictLimits): Promise<void> {
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: { fileSize: uploadBytes, files: 4, fields: 20, parts: 24, fieldSize: 4096 },
  });
  // The body stays a stream: it goes to disk, whatever its size.
  app.addContentTypeParser('application/octet-stream', (_request, body, done) => done(null, body));
}

function thrown<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** As much of a body as is worth reading to say that there is no room for it, and for how long. */
const DROPPED_BYTES = 1 << 20;
const DROPPED_MS = 2000;

async function dropSmallBody(body: IncomingMessage): Promise<void> {
  if (!(Number(body.headers['content-length']) <= DROPPED_BYTES)) return;
  await new Promise<void>((done) => {
    const timer = setTimeout(done, DROPPED_MS);
    finished(body, () => {
      clearTimeout(timer);
      done();
    });
    body.resume();
  });
}

function busy(reply: FastifyReply): FastifyReply {
  return sendProblem(reply, problemOf(FULL.error));
}

function refuse(
  error: Failure,
  request: FastifyRequest,
  reply: FastifyReply,
  signal: AbortSignal,
): FastifyReply {
  if (!request.raw.complete) reply.header('connection', 'close');
  const late = error.code === 'cancelled' ? LATE[reasonOf(signal)] : undefined;
  return sendProblem(reply, late ? problem(408, late, 'cancelled') : problemOf(error));
}

/** What is said of the reasons for which a prediction is given up while its client still listens. */
const LATE: Readonly<Record<string, string>> = {
  timeout: 'The prediction took too long.',
  slow: 'The body arrived too slowly.',
};

function reasonOf(signal: AbortSignal): string {
  return signal.aborted ? (signal.reason as Error).message : '';
}
