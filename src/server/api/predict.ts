import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { temporaryFolder } from '../../core/host';
import { analyseRecord, stageUpload, type Workbench } from '../../core/workbench';
import { err, ok, type Result } from '../../shared/domain';
import { problem, problemOf, sendProblem } from '../problem';
import { answerText, type AnswerParts } from './answer';
import { ARRIVAL_WINDOW_MS, watchArrival } from './arrival';
import { createGate } from './gate';
import { PREDICT_SCHEMA } from './predict-schema';
import { receiveUpload } from './receive-upload';

/** What predictions are computed with; nothing of them is kept. Whoever made it closes it. */
export type PredictEngine = Omit<Workbench, 'close'>;

export interface PredictLimits {
  /** Largest signal file. */
  readonly uploadBytes: number;
  /** Requests received, waiting or at work together; more are told to come back (503). */
  readonly inside: number;
  /** Predictions computed at a time. */
  readonly atWork: number;
  /** From the first byte of the request to the answer. */
  readonly timeoutMs: number;
  /** In which a part of the body worth waiting for must arrive. */
  readonly arrivalMs: number;
}

export const PREDICT_LIMITS: PredictLimits = {
  uploadBytes: 256e6,
  inside: 256,
  atWork: 2,
  timeoutMs: 300_000,
  arrivalMs: ARRIVAL_WINDOW_MS,
};

const count = z.coerce.number();
// An unknown name is refused: a misspelt option would silently not count.
const Query = z.strictObject({
  format: count.optional(),
  signals: count.optional(),
  fs: count.optional(),
  gain: count.optional(),
  baseline: count.optional(),
  model: z.string().max(200).optional(),
  lead: z.coerce.number().int().min(0).optional(),
  ecg_signal: z.enum(['true', 'false']).default('true'),
});
type Query = z.infer<typeof Query>;

export interface PredictOptions {
  /** Started with the first prediction. */
  readonly engine: () => PredictEngine;
  readonly limits: PredictLimits;
}

/** `POST /predict`: one recording in, its class and every segment out. */
export async function predictRoute(
  app: FastifyInstance,
  { engine, limits }: PredictOptions,
): Promise<void> {
  const gate = createGate(limits.inside, limits.atWork);
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: { fileSize: limits.uploadBytes, files: 4, fields: 20, parts: 24, fieldSize: 4096 },
  });
  // The body stays a stream: it goes to disk, whatever its size.
  app.addContentTypeParser('application/octet-stream', (_request, body, done) => done(null, body));

  app.post(
    '/predict',
    {
      schema: PREDICT_SCHEMA,
      // The schema is for the documentation; the query is checked below, the body while it is read.
      validatorCompiler: () => () => true,
      bodyLimit: limits.uploadBytes + (1 << 20),
    },
    async (request, reply) => {
      const leave = gate.enter();
      if (!leave) {
        // The rest of the body is not read: the connection ends with the answer.
        reply.header('connection', 'close');
        return sendProblem(
          reply,
          problem(503, 'Too many predictions are under way; try again shortly.', 'busy'),
        );
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
      const folder = await temporaryFolder('predict');
      let cleaned = false;
      const clean = async (): Promise<void> => {
        if (cleaned) return;
        cleaned = true;
        clearTimeout(timer);
        arrived();
        leave();
        await rm(folder, { recursive: true, force: true });
      };
      // Whatever ends the exchange (a finished answer, a client that went away): the upload goes.
      if (stop.signal.aborted) await clean();
      else reply.raw.once('close', () => void clean());
      try {
        const parts = await predict(request, folder, stop.signal);
        if (!parts.ok) {
          if (!request.raw.complete) reply.header('connection', 'close');
          const late = parts.error.code === 'cancelled' ? LATE[reasonOf(stop.signal)] : undefined;
          if (late) return sendProblem(reply, problem(408, late, 'cancelled'));
          return sendProblem(reply, problemOf(parts.error));
        }
        return send(reply, parts.value);
      } catch (bug) {
        await clean();
        throw bug;
      }
    },
  );

  async function predict(
    request: FastifyRequest,
    folder: string,
    signal: AbortSignal,
  ): Promise<Result<AnswerParts>> {
    const query = readQuery(request.query);
    if (!query.ok) return query;
    const { models } = engine();
    const model = await models.find(query.value.model ?? null);
    if (!model.ok) return model;
    const upload = await receiveUpload(request, folder, limits.uploadBytes, signal);
    if (!upload.ok) return upload;
    const { format, signals, fs, gain, baseline } = query.value;
    const given = Object.entries({ format, signals, fs, gain, baseline });
    const staged = await stageUpload({
      ...upload.value,
      folder,
      layout: Object.fromEntries(given.filter(([, value]) => value !== undefined)),
    });
    if (!staged.ok) return staged;
    const { path, warnings } = staged.value;
    try {
      const analysed = await gate.work(
        () =>
          analyseRecord({
            ...engine(),
            path,
            model: model.value,
            lead: query.value.lead ?? null,
            signal,
          }),
        signal,
      );
      // A file that the header names and nobody sent is the upload's fault, not an unknown address.
      if (!analysed.ok && analysed.error.code === 'not-found') {
        return err('bad-header', analysed.error.message);
      }
      if (!analysed.ok) return analysed;
      const withSignal = query.value.ecg_signal === 'true';
      return ok({ path, model: model.value, analysed: analysed.value, warnings, withSignal });
    } catch (cause) {
      if (signal.aborted) return err('cancelled', 'The prediction was broken off.');
      throw cause;
    }
  }

  function send(reply: FastifyReply, parts: AnswerParts): FastifyReply {
    const { recordings, pool } = engine();
    const body = Readable.from(answerText(parts, recordings, pool), { objectMode: false });
    return reply.type('application/json; charset=utf-8').send(body);
  }
}

/** What is said of the reasons for which a prediction is given up while its client still listens. */
const LATE: Readonly<Record<string, string>> = {
  timeout: 'The prediction took too long.',
  slow: 'The body arrived too slowly.',
};

function reasonOf(signal: AbortSignal): string {
  return signal.aborted ? (signal.reason as Error).message : '';
}

function readQuery(raw: unknown): Result<Query> {
  const parsed = Query.safeParse(raw);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0]!;
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(Query.shape).join(', ');
    return err('bad-input', `The query name "${issue.keys[0]}" is not known; ${known} are.`);
  }
  return err('bad-input', `Query field ${issue.path.join('.')}: ${issue.message}.`);
}
