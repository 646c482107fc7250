import type { Err, Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import type { Channel } from '../base/channel';
import { graphRef } from './graph-ref';
import { createHangWatch } from './hang-watch';
import type { FromInference, ToInference } from './messages';
import { holdsNaN } from './tensors';
import type { GraphVariant, InferenceProcess, ModelFiles, Tensors } from './types';

export interface InferenceOptions {
  /** Starts an inference process. Called again after a crash. */
  readonly spawn: () => Channel;
  /**
   * Longest silence of the process before it counts as hung and is killed; less where the same work took much less
   * before. Default 120 000 ms.
   */
  readonly hangMs?: number;
  /** Execution provider for a model's scans now; the CPU where absent. */
  readonly providerOf?: (model: ModelFiles) => string;
  /** A provider failed where the CPU did not: it is not to be used for this model any more. */
  readonly onLost?: (model: ModelFiles, provider: string, why: string) => void;
  /** Told of every crash, for the log. */
  readonly onCrash?: (reason: string) => void;
}

/** Crashes that one batch may cause on the CPU before it is given up. */
export const MAX_CRASHES_PER_BATCH = 3;
/** Ends of the process from outside, under one batch, after which whoever asked is told to try again. */
export const MAX_KILLS_PER_BATCH = 10;
/** Ends of its process, on one batch and in all, after which a provider is to blame: one may be anybody's doing. */
const MAX_ENDS_OF_PROVIDER = { onOneBatch: 2, inAll: 3 };
/** Batches handed over at a time: the second waits in the process's inbox and hides the way there. */
const IN_FLIGHT = 2;
const RESTART_DELAY_MS = 100;
/** Longest that the CPU takes for a first step: to load ONNX Runtime, a graph or a batch. Others compile shaders. */
const FIRST_ON_CPU_MS = 30_000;

interface Job {
  readonly id: number;
  readonly model: ModelFiles;
  readonly variant: GraphVariant;
  /** Null where the graph is only to be loaded. */
  readonly inputs: Tensors | null;
  /** Answers the caller; later calls do nothing. */
  settle(result: Result<Tensors>): void;
  settled: boolean;
  /** Provider that it was handed over for. */
  provider: string;
  /** A provider that failed on it, and how: the CPU has to show whose fault it was. */
  failedOn: { readonly provider: string; readonly why: string } | null;
  ends: number;
  crashes: number;
  kills: number;
  hangs: number;
}

/**
 * The inference process, kept alive: after a crash it is started again and the batches in hand are run again in the
 * same order, so no answer is lost and none is given twice.
 */
export function createInference(options: InferenceOptions): InferenceProcess {
  const { spawn, hangMs = 120_000, providerOf = () => 'cpu', onLost, onCrash } = options;
  const waiting: Job[] = [];
  /** Handed over and not answered, oldest first. The process works in this order, so a crash is the head's. */
  const inFlight: Job[] = [];
  const watch = createHangWatch({ longestMs: hangMs, onHang: hung });
  /** Ends of the process by the provider that was at work. */
  const ends = new Map<string, number>();
  let channel: Channel | null = null;
  let restart: NodeJS.Timeout | undefined;
  let nextId = 1;
  let closed = false;

  function pump(): void {
    if (closed || restart) return;
    while (waiting[0]?.settled) waiting.shift();
    if (waiting.length > 0 && !channel) channel = start();
    while (channel && waiting.length > 0 && inFlight.length < IN_FLIGHT) {
      const job = waiting.shift()!;
      if (!job.settled) handOver(channel, job);
    }
  }

  function handOver(to: Channel, job: Job): void {
    // An explanation is of one segment at a time, when somebody looks: an accelerator has nothing to gain there.
    job.provider = job.failedOn || job.variant !== 'scan' ? 'cpu' : providerOf(job.model);
    const graph = graphRef(job.model, job.variant, job.provider);
    if (!graph.ok) return job.settle(graph);
    inFlight.push(job);
    const of = { id: job.id, graph: graph.value };
    const message: ToInference = job.inputs
      ? { kind: 'run', ...of, inputs: job.inputs }
      : { kind: 'load', ...of };
    to.post(message);
    if (inFlight.length === 1) waitFor(job);
  }

  function waitFor(job: Job): void {
    watch.wait(workOf(job), job.provider === 'cpu' ? FIRST_ON_CPU_MS : hangMs, job.hangs);
  }

  function start(): Channel {
    const started = spawn();
    started.onMessage((raw) => {
      if (channel === started) heard(raw as FromInference);
    });
    started.onClose((reason) => {
      if (channel === started) crashed(reason);
    });
    return started;
  }

  function heard(message: FromInference): void {
    const index = inFlight.findIndex(({ id }) => id === message.id);
    const job = inFlight[index];
    if (!job) return;
    // Loading takes as long as it takes; what is learnt is how long the work itself does.
    if (message.kind === 'step') return waitFor(job);
    watch.done(workOf(job));
    inFlight.splice(index, 1);
    answered(job, message.result as Result<Tensors>);
    if (inFlight[0]) waitFor(inFlight[0]);
    pump();
  }

  function answered(job: Job, result: Result<Tensors>): void {
    const why = complaintOf(result);
    if (why !== null && job.provider !== 'cpu') {
      // To be run again, on the CPU.
      job.failedOn = { provider: job.provider, why };
      waiting.unshift(job);
      return;
    }
    if (why === null && job.failedOn) {
      onLost?.(job.model, job.failedOn.provider, job.failedOn.why);
    }
    job.settle(result);
  }

  function hung(afterMs: number): void {
    const head = inFlight[0];
    if (!channel || !head) return;
    head.hangs += 1;
    const hanging = channel;
    crashed(`no answer for ${Math.round(afterMs / 1000)} s`);
    hanging.close();
  }

  function crashed(reason: string): void {
    channel = null;
    watch.stop();
    if (closed) return;
    onCrash?.(reason);
    const hand = inFlight.splice(0);
    if (hand[0]) blame(hand[0], reason);
    waiting.unshift(...hand.filter((job) => !job.settled));
    restart = setTimeout(() => {
      restart = undefined;
      pump();
    }, RESTART_DELAY_MS);
  }

  function blame(job: Job, reason: string): void {
    if (job.provider !== 'cpu') {
      const inAll = (ends.get(job.provider) ?? 0) + 1;
      ends.set(job.provider, inAll);
      job.ends += 1;
      const { onOneBatch, inAll: most } = MAX_ENDS_OF_PROVIDER;
      if (job.ends < onOneBatch && inAll < most) return;
      job.failedOn = { provider: job.provider, why: `its process ended (${reason})` };
      return;
    }
    if (isFromOutside(reason)) {
      job.kills += 1;
      if (job.kills < MAX_KILLS_PER_BATCH) return;
      job.settle(errSaid('busy', 'failures.endedFromOutside', { times: job.kills, reason }));
      return;
    }
    job.crashes += 1;
    if (job.crashes < MAX_CRASHES_PER_BATCH) return;
    const said = { times: job.crashes, reason };
    job.settle(errSaid('inference-failed', 'failures.inferenceEnded', said));
  }

  function run(
    model: ModelFiles,
    variant: GraphVariant,
    inputs: Tensors | null,
    signal?: AbortSignal,
  ): Promise<Result<Tensors>> {
    const graph = graphRef(model, variant, 'cpu');
    if (!graph.ok) return Promise.resolve(graph);
    if (closed) return Promise.resolve(errSaid('cancelled', 'failures.inferenceClosed'));
    if (signal?.aborted) return Promise.resolve(cancelled());
    return new Promise((resolve) => {
      // A run cannot be interrupted: the caller is answered at once and the late answer is dropped.
      const abort = (): void => job.settle(cancelled());
      const job: Job = {
        ...{ id: nextId++, model, variant, inputs, provider: 'cpu', failedOn: null },
        ...{ settled: false, ends: 0, crashes: 0, kills: 0, hangs: 0 },
        settle(result) {
          if (job.settled) return;
          job.settled = true;
          signal?.removeEventListener('abort', abort);
          resolve(result);
        },
      };
      signal?.addEventListener('abort', abort, { once: true });
      waiting.push(job);
      pump();
    });
  }

  return {
    run,
    async ready(model) {
      // Whoever runs a batch is told what is wrong.
      await run(model, 'scan', null);
    },
    close() {
      closed = true;
      watch.stop();
      clearTimeout(restart);
      for (const job of [...inFlight.splice(0), ...waiting.splice(0)]) {
        job.settle(errSaid('cancelled', 'failures.inferenceClosed'));
      }
      const ending = channel;
      channel = null;
      if (!ending) return Promise.resolve();
      return new Promise((resolve) => {
        ending.onClose(() => resolve());
        ending.close();
      });
    },
  };
}

/**
 * Whether somebody ended or stopped the process (a signal that native code does not raise, an end in order): no batch is to
 * blame, which may meet several such ends while a busy machine starts the next process.
 */
function isFromOutside(reason: string): boolean {
  return /^(signal SIG(KILL|TERM|INT|HUP)|exit code 0)\b|somebody had stopped/.test(reason);
}

/** What takes about equally long every time: one graph on one provider. */
function workOf({ model, variant, provider, inputs }: Job): string {
  return `${model.card.id} ${inputs ? variant : 'load'} ${provider}`;
}

/** What is wrong with an answer that another provider might not get wrong; null for nothing. */
function complaintOf(result: Result<Tensors>): string | null {
  if (!result.ok) return result.error.code === 'inference-failed' ? result.error.message : null;
  return holdsNaN(result.value) ? 'an answer is no number (NaN)' : null;
}

function cancelled(): Err {
  return errSaid('cancelled', 'failures.cancelled');
}
