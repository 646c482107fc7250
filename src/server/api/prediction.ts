import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { analyseRecord, stageUpload, type Workbench } from '../../core/workbench';
import { err, ok, type Result } from '../../shared/domain';
import type { Metrics, Stage } from '../metrics';
import type { SpanParent, Tracing } from '../spans';
import type { AnswerParts } from './answer';
import type { Gate } from './gate';
import type { Prepared } from './prepared';
import { receiveUpload } from './receive-upload';

/** What predictions are computed with; nothing of them is kept. Whoever made it closes it. */
export type PredictEngine = Omit<Workbench, 'close'>;

// An empty text is no 0, as which it would choose the first lead.
const count = z
  .string()
  .regex(/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i)
  .transform(Number);
// An unknown name is refused: a misspelt option would silently not count.
const Query = z.strictObject({
  format: count.optional(),
  signals: count.optional(),
  fs: count.optional(),
  gain: count.optional(),
  baseline: count.optional(),
  model: z.string().max(200).optional(),
  lead: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .optional(),
  ecg_signal: z.enum(['true', 'false']).default('true'),
  async: z.enum(['0', '1', 'true', 'false']).default('0'),
});
type Query = z.infer<typeof Query>;

/** What a field that is no number has to be. */
const WANTED: Readonly<Record<string, string>> = {
  model: 'the id of a model',
  lead: 'a whole number from 0',
  ecg_signal: 'true or false',
  async: '0, 1, true or false',
};

export interface PredictionParts {
  readonly engine: () => PredictEngine;
  readonly gate: Gate;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly uploadBytes: number;
}

/** Begins a stage, for whoever counts and whoever traces. @returns a function that ends it */
function beginStage(
  name: Stage,
  span: SpanParent,
  { metrics, tracing }: PredictionParts,
): () => void {
  const counted = metrics.stage(name);
  const traced = tracing.stage(name, span);
  return () => {
    counted();
    traced();
  };
}

/** Receives the upload of a request into a folder. @returns why it cannot be read, `cancelled` among it */
export async function receivePrediction(
  request: FastifyRequest,
  folder: string,
  signal: AbortSignal,
  parts: PredictionParts,
): Promise<Result<Prepared>> {
  const { engine, uploadBytes } = parts;
  const span = parts.tracing.parentOf(request);
  const query = readQuery(request.query);
  if (!query.ok) return query;
  const model = await engine().models.find(query.value.model ?? null);
  if (!model.ok) return model;
  const received = beginStage('receive', span, parts);
  const upload = await receiveUpload(request, folder, uploadBytes, signal);
  if (!upload.ok) return upload;
  const { format, signals, fs, gain, baseline } = query.value;
  const given = Object.entries({ format, signals, fs, gain, baseline });
  const staged = await stageUpload({
    ...upload.value,
    folder,
    layout: Object.fromEntries(given.filter(([, value]) => value !== undefined)),
  });
  if (!staged.ok) return staged;
  received();
  return ok({
    ...staged.value,
    span,
    isAsync: query.value.async === '1' || query.value.async === 'true',
    model: model.value,
    lead: query.value.lead ?? null,
    withSignal: query.value.ecg_signal === 'true',
  });
}

/** Waits for a place at work and analyses. @returns what an answer is made of; else why not, `cancelled` among it */
export async function computePrediction(
  { isAsync, path, model, lead, withSignal, warnings, span }: Prepared,
  signal: AbortSignal,
  parts: PredictionParts,
  onStart: () => void = () => undefined,
): Promise<Result<AnswerParts>> {
  const { engine, gate, metrics } = parts;
  const waited = beginStage('wait', span, parts);
  try {
    const analyse = async (): ReturnType<typeof analyseRecord> => {
      waited();
      onStart();
      const ended = beginStage('analyse', span, parts);
      const bench = engine();
      const counted = metrics.countBatches(bench.inference);
      const work = { ...bench, inference: counted, path, model, lead, signal };
      return analyseRecord(work).finally(ended);
    };
    const analysed = await gate.work(analyse, signal, isAsync ? 'nobody' : 'caller');
    // A file that the header names and nobody sent is the upload's fault, not an unknown address.
    if (!analysed.ok && analysed.error.code === 'not-found') {
      return err('bad-header', analysed.error.message);
    }
    if (!analysed.ok) return analysed;
    return ok({ path, model, analysed: analysed.value, warnings, withSignal });
  } catch (cause) {
    if (signal.aborted) return err('cancelled', 'The prediction was broken off.');
    throw cause;
  }
}

function readQuery(raw: unknown): Result<Query> {
  const parsed = Query.safeParse(raw);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0]!;
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(Query.shape).join(', ');
    return err('bad-input', `The query name "${issue.keys[0]}" is not known; ${known} are.`);
  }
  const field = String(issue.path[0]);
  const given = JSON.stringify((raw as Record<string, unknown>)[field])?.slice(0, 100);
  const wanted = WANTED[field] ?? 'a number';
  return err('bad-input', `The query field ${field} is ${given}; it has to be ${wanted}.`);
}
