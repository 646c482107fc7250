import type { Context } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { err, ok, type Result } from '../shared/domain';

type Env = Readonly<Record<string, string | undefined>>;

/** What a span stands under; null where nothing is traced. */
export type SpanParent = Context | null;

/**
 * Spans of the server for OpenTelemetry: one for every request, under it the stages of a prediction. They hold method,
 * route and status, never an address, a query, a file name or anything that was found.
 */
export interface Tracing {
  /** Begins a span with every request, under that of a caller who sends `traceparent`. Before every route. */
  install(app: FastifyInstance): void;
  parentOf(request: FastifyRequest): SpanParent;
  /** Begins a stage. @returns a function that ends it */
  stage(name: string, parent: SpanParent): () => void;
  /** A parent as `traceparent`, for a stage that another process begins; null where nothing is traced. */
  carry(parent: SpanParent): string | null;
  carried(trace: string | null): SpanParent;
  /** Sends what is left, or gives it up after a moment where nobody takes it. */
  close(): Promise<void>;
}

const NOTHING: Tracing = {
  install: () => undefined,
  parentOf: () => null,
  stage: () => () => undefined,
  carry: () => null,
  carried: () => null,
  close: async () => undefined,
};

/** The one form in which spans are sent. */
const PROTOCOL = 'http/json';

/**
 * Reads the variables of the OpenTelemetry specification ("Environment Variable Specification"): spans are sent only
 * where `OTEL_EXPORTER_OTLP_ENDPOINT` or `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` names a place, and neither
 * `OTEL_SDK_DISABLED=true` nor `OTEL_TRACES_EXPORTER=none` says otherwise. Headers, time limits, batches, service name,
 * resource attributes and the sampler are taken from their variables too.
 * @returns `bad-input` with the variable that asks for what is not there
 */
export async function createTracing(env: Env, version: string): Promise<Result<Tracing>> {
  const endpoint = env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] || env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  const exporter = env['OTEL_TRACES_EXPORTER'] || 'otlp';
  const isOff = env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true' || exporter === 'none';
  if (!endpoint || isOff) return ok(NOTHING);
  if (exporter !== 'otlp') {
    return err('bad-input', `OTEL_TRACES_EXPORTER is ${exporter}; otlp and none are known.`);
  }
  for (const name of ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'OTEL_EXPORTER_OTLP_PROTOCOL']) {
    const protocol = env[name];
    if (protocol && protocol !== PROTOCOL) {
      return err('bad-input', `${name} is ${protocol}; spans are sent as ${PROTOCOL} alone.`);
    }
  }
  try {
    // Whoever traces nothing does not wait for the libraries either.
    const { traceWithOpenTelemetry } = await import('./open-telemetry');
    return traceWithOpenTelemetry(env, version);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    return err(
      'bad-input',
      'The desktop application cannot send spans: serve from the npm package, or unset OTEL_EXPORTER_OTLP_ENDPOINT.',
    );
  }
}
