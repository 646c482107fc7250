import type { FastifyInstance } from 'fastify';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Inference } from '../core/inference/types';
import type { Gate } from './api/gate';
import type { Job, Jobs } from './api/job';

export type Stage = 'receive' | 'wait' | 'analyse';

/** Figures of the server for Prometheus: how many, how long, how full. No figure is about a recording. */
export interface Metrics {
  /** Begins a stage of a prediction. @returns a function that ends it */
  stage(name: Stage): () => void;
  /** The same inference, whose batches are counted by their rows. */
  countBatches(inference: Inference): Inference;
  /** What is asked for its figures when somebody looks. */
  watch(full: { readonly gate: Gate; readonly jobs: Jobs }): void;
  /** Counts every answer, and answers `GET /metrics`. Before every route. */
  install(app: FastifyInstance): void;
}

const SECONDS = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300];
const ROWS = [1, 2, 4, 8, 16, 32, 64, 128];
const JOB_STATES: readonly Job['state'][] = ['waiting', 'running', 'done', 'failed'];

/** Gauges of prom-client's own that end as counters do: Prometheus's checker complains, and others by type say the same. */
const MISNAMED = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED) registry.removeSingleMetric(name);
  const requests = new Histogram({
    name: 'fiducial_request_seconds',
    help: 'Time from the head of a request to the end of its answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers,
  });
  const stages = new Histogram({
    name: 'fiducial_prediction_stage_seconds',
    help: 'Time of a prediction in each stage: receive, wait, analyse',
    labelNames: ['stage'],
    buckets: SECONDS,
    registers,
  });
  const batches = new Histogram({
    name: 'fiducial_inference_batch_rows',
    help: 'Rows of the batches that predictions gave to inference',
    buckets: ROWS,
    registers,
  });
  const failures = new Counter({
    name: 'fiducial_inference_failures_total',
    help: 'Batches that inference did not answer, those that were broken off left out',
    registers,
  });

  return {
    stage: (stage) => {
      const end = stages.startTimer({ stage });
      return () => void end();
    },
    countBatches: (inference) => ({
      ...bound(inference),
      async run(model, variant, inputs, signal) {
        const rows = Object.values(inputs)[0]?.dims[0];
        if (rows !== undefined) batches.observe(rows);
        const answer = await inference.run(model, variant, inputs, signal);
        if (!answer.ok && answer.error.code !== 'cancelled') failures.inc();
        return answer;
      },
    }),
    watch({ gate, jobs }) {
      const gauge = (name: string, help: string, read: () => number): Gauge =>
        new Gauge({
          name,
          help,
          registers,
          collect() {
            this.set(read());
          },
        });
      gauge(
        'fiducial_predictions_inside',
        'Requests that are received, waiting or at work',
        () => gate.inside,
      );
      gauge(
        'fiducial_predictions_waiting',
        'Predictions that wait for a place at work',
        () => gate.waiting,
      );
      gauge('fiducial_predictions_at_work', 'Predictions that are computed', () => gate.atWork);
      new Gauge({
        name: 'fiducial_jobs',
        help: 'Predictions that nobody waits for, by state; with --queue those of all servers of the queue',
        labelNames: ['state'],
        registers,
        async collect() {
          // Where jobs are elsewhere and cannot be counted, no figure is better than an old one.
          this.reset();
          const counts = await jobs.counts().catch(() => null);
          if (!counts) return;
          for (const state of JOB_STATES) this.set({ state }, counts[state]);
        },
      });
    },
    install(app) {
      app.addHook('onResponse', async (request, reply) => {
        const route = request.routeOptions.url ?? '(none)';
        const labels = { method: request.method, route, status: reply.statusCode };
        requests.observe(labels, reply.elapsedTime / 1000);
      });
      app.get(
        '/metrics',
        { schema: { summary: 'Figures of the server, for Prometheus', tags: ['server'] } },
        async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()),
      );
    },
  };
}

/** Its members, which may be of a class. */
function bound(inference: Inference): Inference {
  return {
    ...(inference.replicas === undefined ? {} : { replicas: inference.replicas }),
    run: (...args) => inference.run(...args),
    provider: (model) => inference.provider(model),
    devices: (model) => inference.devices(model),
    tryDevices: (...args) => inference.tryDevices(...args),
    close: () => inference.close(),
  };
}
