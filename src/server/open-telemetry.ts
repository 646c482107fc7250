import { setTimeout as wait } from 'node:timers/promises';
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  defaultTextMapGetter,
  defaultTextMapSetter,
  trace,
} from '@opentelemetry/api';
import type { Context, Span } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type Sampler,
} from '@opentelemetry/sdk-trace';
import type { FastifyRequest } from 'fastify';
import { err, ok, type Result } from '../shared/domain';
import type { Tracing } from './spans';

/** https://www.w3.org/TR/trace-context/#traceparent-header */
const TRACE_PARENT = 'traceparent';

/** How long the end of a server waits for its last spans to be taken. */
const CLOSE_MS = 2000;

type Env = Readonly<Record<string, string | undefined>>;

/** Traces with OpenTelemetry's own libraries, which read where to send and how from the environment. */
export function traceWithOpenTelemetry(env: Env, version: string): Result<Tracing> {
  const sampler = samplerOf(env);
  if (!sampler.ok) return sampler;
  const own = resourceFromAttributes({ 'service.name': 'fiducial', 'service.version': version });
  const provider = new TracerProvider({
    resource: own.merge(detectResources({ detectors: [envDetector] })),
    sampler: sampler.value,
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  const tracer = provider.getTracer('fiducial', version);
  const propagator = new W3CTraceContextPropagator();
  const spans = new WeakMap<FastifyRequest, { readonly span: Span; readonly context: Context }>();

  return ok({
    install(app) {
      app.addHook('onRequest', async (request) => {
        const caller = propagator.extract(ROOT_CONTEXT, request.headers, defaultTextMapGetter);
        const { method } = request;
        const attributes = { 'http.request.method': method };
        const span = tracer.startSpan(method, { kind: SpanKind.SERVER, attributes }, caller);
        spans.set(request, { span, context: trace.setSpan(caller, span) });
      });
      app.addHook('onResponse', async (request, { statusCode }) => {
        const span = spans.get(request)?.span;
        if (!span) return;
        const route = request.routeOptions.url;
        if (route !== undefined) {
          span.updateName(`${request.method} ${route}`);
          span.setAttribute('http.route', route);
        }
        span.setAttribute('http.response.status_code', statusCode);
        if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      });
      // Whoever goes away before the answer gets none, and is no fault of the server's.
      app.addHook('onRequestAbort', async (request) => spans.get(request)?.span.end());
    },
    parentOf: (request) => spans.get(request)?.context ?? null,
    stage(name, parent) {
      const span = tracer.startSpan(name, {}, parent ?? ROOT_CONTEXT);
      return () => span.end();
    },
    carry(parent) {
      const carrier: Record<string, string> = {};
      propagator.inject(parent ?? ROOT_CONTEXT, carrier, defaultTextMapSetter);
      return carrier[TRACE_PARENT] ?? null;
    },
    carried: (text) =>
      text === null
        ? null
        : propagator.extract(ROOT_CONTEXT, { [TRACE_PARENT]: text }, defaultTextMapGetter),
    async close() {
      // Spans that nobody takes keep no server from ending.
      const sent = provider.shutdown().catch(() => undefined);
      await Promise.race([sent, wait(CLOSE_MS, undefined, { ref: false })]);
    },
  });
}

const SAMPLERS: Readonly<Record<string, (ratio: number) => Sampler>> = {
  always_on: () => new AlwaysOnSampler(),
  always_off: () => new AlwaysOffSampler(),
  traceidratio: (ratio) => new TraceIdRatioBasedSampler(ratio),
};
const OF_PARENT = 'parentbased_';

function samplerOf(env: Env): Result<Sampler> {
  const asked = env['OTEL_TRACES_SAMPLER'] || `${OF_PARENT}always_on`;
  const root = SAMPLERS[asked.replace(OF_PARENT, '')];
  if (!root) {
    const known = Object.keys(SAMPLERS).flatMap((name) => [name, OF_PARENT + name]);
    return err('bad-input', `OTEL_TRACES_SAMPLER is ${asked}; ${known.join(', ')} are known.`);
  }
  const ratio = Number(env['OTEL_TRACES_SAMPLER_ARG'] || 1);
  if (!(ratio >= 0 && ratio <= 1)) {
    return err('bad-input', 'OTEL_TRACES_SAMPLER_ARG is no number from 0 to 1.');
  }
  const sampler = root(ratio);
  return ok(asked.startsWith(OF_PARENT) ? new ParentBasedSampler({ root: sampler }) : sampler);
}
