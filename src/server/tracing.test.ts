import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { pulses, writeRecord } from '../core/recordings/testing/write-record';
import { dir, server, start, useTestServer } from './testing/test-server';
import { createTracing } from './tracing';

useTestServer();

interface SentSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
}

/** What a collector is sent. */
const sent: string[] = [];
let collector: HttpServer;

async function collect(): Promise<string> {
  sent.length = 0;
  collector = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      sent.push(body);
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((listening) => collector.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
}

const spansSent = (): SentSpan[] =>
  sent.flatMap((body) =>
    (
      JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: SentSpan[] }[] }[] }
    ).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
  );

afterEach(() => {
  vi.unstubAllEnvs();
  collector?.close();
});

it('sends a span for every request and its stages, under that of the caller, and names nobody', async () => {
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', await collect());
  vi.stubEnv('OTEL_RESOURCE_ATTRIBUTES', 'deployment.environment=ward');
  await start({ env: process.env });
  const path = await writeRecord(dir, {
    name: 'smith-john',
    rateHz: 360,
    seconds: 30,
    leads: { MLII: pulses },
  });
  const form = new FormData();
  for (const [field, ending] of [
    ['file', '.dat'],
    ['header', '.hea'],
  ] as const) {
    const bytes = await readFile(path.replace('.hea', ending));
    form.append(field, new Blob([bytes]), `smith-john${ending}`);
  }
  const caller = { trace: '0af7651916cd43dd8448eb211c80319c', span: 'b7ad6b7169203331' };
  const answer = await fetch(`${server.url}/predict?ecg_signal=false`, {
    method: 'POST',
    body: form,
    headers: { traceparent: `00-${caller.trace}-${caller.span}-01` },
  });
  expect(answer.status).toBe(200);
  await answer.text();
  await fetch(`${server.url}/nobody/smith`);
  await server.close();

  const spans = spansSent();
  const predict = spans.find(({ name }) => name === 'POST /predict')!;
  expect(predict).toMatchObject({ traceId: caller.trace, parentSpanId: caller.span });
  expect(predict.attributes).toContainEqual({
    key: 'http.response.status_code',
    value: { intValue: 200 },
  });
  for (const stage of ['receive', 'wait', 'analyse']) {
    expect(spans.find(({ name }) => name === stage)).toMatchObject({
      traceId: caller.trace,
      parentSpanId: predict.spanId,
    });
  }
  const lost = spans.find(({ name }) => name === 'GET')!;
  expect(lost.traceId).not.toBe(caller.trace);
  expect(sent.join()).toContain('ward');
  expect(sent.join()).not.toContain('smith');
});

it('a collector that is not there keeps no server from ending', async () => {
  const gone = await collect();
  await new Promise((closed) => collector.close(closed));
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', gone);
  await start({ env: process.env });
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  await expect(server.close()).resolves.toBeUndefined();
});

describe('what the variables ask for', () => {
  const PLACE = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' };

  it.each([
    ['nothing', {}],
    ['no place', { OTEL_SERVICE_NAME: 'x' }],
    ['no tracing', { ...PLACE, OTEL_SDK_DISABLED: 'true' }],
    ['no exporter', { ...PLACE, OTEL_TRACES_EXPORTER: 'none' }],
  ])('%s: nothing is sent', async (_, env) => {
    await start();
    const tracing = await createTracing(env, '1');
    expect(tracing.ok && tracing.value.stage('x', null)()).toBeUndefined();
    expect(tracing.ok && tracing.value.install({} as never)).toBeUndefined();
  });

  it.each([
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
    ['OTEL_TRACES_EXPORTER', 'zipkin'],
    ['OTEL_TRACES_SAMPLER', 'often'],
    ['OTEL_TRACES_SAMPLER_ARG', '2'],
  ])('%s=%s is refused by name', async (name, value) => {
    await start();
    const refused = await createTracing({ ...PLACE, [name]: value }, '1');
    expect(refused.ok).toBe(false);
    expect(!refused.ok && refused.error.message).toContain(name);
  });

  it('a sampler that takes nothing sends nothing', async () => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', await collect());
    await start({ env: { ...process.env, OTEL_TRACES_SAMPLER: 'always_off' } });
    await fetch(`${server.url}/healthz`);
    await server.close();
    expect(sent).toEqual([]);
  });
});
