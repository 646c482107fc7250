import type { Context } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';

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
