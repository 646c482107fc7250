import { err, type Result } from '../../shared/domain';
import type { DeviceReport } from '../../shared/contract';
import type { Channel } from '../base/channel';
import { runsInReplicas } from './replicas';
import type { FromInference, GraphRef, ToInference } from './messages';
import type { GraphVariant, Inference, ModelFiles, Tensors } from './types';

export interface InferenceOptions {
  /** Starts an inference process. Called again after a crash. */
  readonly spawn: () => Channel;
  /** A batch without an answer for this long counts as a crash; the process is killed. Default 120 000 ms. */
  readonly hangMs?: number;
  /** Whether accelerators are tried; default true. */
  readonly accelerate?: boolean;
  /** Told of every crash, for the log. */
  readonly onCrash?: (reason: string) => void;
}

/** Crashes that one batch may cause before it is given up. */
export const MAX_CRASHES_PER_BATCH = 3;
/** Batches handed over at a time: the second waits in the process's inbox and hides the way there. */
const IN_FLIGHT = 2;
const RESTART_DELAY_MS = 100;

type Reply = Extract<FromInference, { kind: 'reply' }>['result'];

interface Job {
  readonly message: ToInference;
  /** Answers the caller; later calls do nothing. */
  settle(result: Reply): void;
  settled: boolean;
  crashes: number;
}

/**
 * The inference process behind the `Inference` interface, kept alive: after a crash it is started again and
 * the batches in hand are run again in the same order, so no answer is lost and none is given twice.
 */
export function createInference(options: InferenceOptions): Inference {
  const { spawn, hangMs = 120_000, accelerate = true, onCrash } = options;
  const waiting: Job[] = [];
  /** Handed over and not answered, oldest first. The process works in this order, so a crash is the head's. */
  const inFlight: Job[] = [];
  const banned: string[] = [];
  let channel: Channel | null = null;
  let trying: string | null = null;
  let provider: string | null = null;
  let watchdog: NodeJS.Timeout | undefined;
  let restart: NodeJS.Timeout | undefined;
  let nextId = 1;
  let closed = false;

  function pump(): void {
    if (closed || restart) return;
    while (waiting[0]?.settled) waiting.shift();
    if (waiting.length > 0 && !channel) channel = start();
    while (channel && waiting.length > 0 && inFlight.length < IN_FLIGHT) {
      const job = waiting.shift()!;
      if (job.settled) continue;
      inFlight.push(job);
      channel.post({ ...job.message, banned: [...banned] });
      if (inFlight.length === 1) watch();
    }
  }

  function watch(): void {
    clearTimeout(watchdog);
    if (inFlight.length === 0) return;
    watchdog = setTimeout(() => channel?.close(), hangMs);
    watchdog.unref();
  }

  function start(): Channel {
    const started = spawn();
    trying = null;
    started.onMessage((raw) => {
      if (channel !== started) return;
      const message = raw as FromInference;
      if (message.kind === 'trying') {
        trying = message.provider;
        return;
      }
      const index = inFlight.findIndex((job) => job.message.id === message.id);
      if (index < 0) return;
      provider = message.provider ?? provider;
      inFlight.splice(index, 1)[0]!.settle(message.result);
      watch();
      pump();
    });
    started.onClose((reason) => {
      if (channel === started) crashed(reason);
    });
    return started;
  }

  function crashed(reason: string): void {
    channel = null;
    clearTimeout(watchdog);
    if (closed) return;
    onCrash?.(reason);
    const hand = inFlight.splice(0);
    const head = hand[0];
    if (trying) banned.push(trying);
    else if (head) {
      head.crashes += 1;
      if (head.crashes >= MAX_CRASHES_PER_BATCH) {
        head.settle(
          err(
            'inference-failed',
            `The inference process ended ${head.crashes} times on the same batch (${reason}).`,
          ),
        );
      }
    }
    waiting.unshift(...hand.filter((job) => !job.settled));
    restart = setTimeout(() => {
      restart = undefined;
      pump();
    }, RESTART_DELAY_MS);
  }

  function submit(message: ToInference, signal?: AbortSignal): Promise<Reply> {
    if (closed) return Promise.resolve(err('cancelled', 'The inference process has been closed.'));
    if (signal?.aborted) return Promise.resolve(cancelled());
    return new Promise((resolve) => {
      // A run cannot be interrupted: the caller is answered at once and the late answer is dropped.
      const abort = (): void => job.settle(cancelled());
      const job: Job = {
        message,
        settled: false,
        crashes: 0,
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
    async run(model, variant, inputs, signal) {
      const graph = graphRef(model, variant, accelerate);
      if (!graph.ok) return graph;
      const message: ToInference = {
        kind: 'run',
        id: nextId++,
        graph: graph.value,
        inputs,
        banned,
      };
      return (await submit(message, signal)) as Result<Tensors>;
    },
    provider: () => provider,
    async devices() {
      const message: ToInference = { kind: 'devices', id: nextId++, banned };
      return (await submit(message)) as Result<readonly DeviceReport[]>;
    },
    close() {
      closed = true;
      clearTimeout(watchdog);
      clearTimeout(restart);
      for (const job of [...inFlight.splice(0), ...waiting.splice(0)]) {
        job.settle(err('cancelled', 'The inference process has been closed.'));
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

function graphRef(model: ModelFiles, variant: GraphVariant, accelerate: boolean): Result<GraphRef> {
  const { card } = model;
  const path = model.paths[variant];
  const sha256 = card.files[variant]?.sha256;
  if (!path || !sha256) {
    return err('bad-model', `Model ${card.id} ${card.version} has no "${variant}" graph.`);
  }
  const beside = Object.fromEntries(
    Object.values(card.files).map((entry) => [entry.file, entry.sha256]),
  );
  const graph: GraphRef = {
    key: JSON.stringify([sha256, beside]),
    path,
    sha256,
    beside,
    variant,
    threads: runsInReplicas(model, variant) ? 'one' : 'all',
    // An explanation is of one segment at a time, when somebody looks: an accelerator has nothing to gain there.
    accelerate: accelerate && variant === 'scan',
  };
  return { ok: true, value: graph };
}

function cancelled(): ReturnType<typeof err> {
  return err('cancelled', 'The request was cancelled.');
}
