import type { Channel } from '../base/channel';
import { graphRef } from './graph-ref';
import { runsInReplicas } from './replicas';
import { openTrialProcess, type TrialAnswer, type TrialProcess } from './trial-process';
import { firstLine, PARITY_MAX_DIFFERENCE, type Trial } from './trial-report';
import { firstRow, rowsOf } from './tensors';
import type { ModelFiles, Tensors, TrialBatch } from './types';

export interface TryProvidersOptions {
  /** Starts an inference process; each provider that is there has one of its own, and can take down nothing else. */
  readonly spawn: () => Channel;
  readonly batch: TrialBatch;
  /** Processes that run the model side by side on the CPU (`runsInReplicas`). */
  readonly replicas: number;
  /** Times the CPU even where nothing else can be started. */
  readonly timeCpu: boolean;
  /** Longest that one request of a trial may take. */
  readonly limitMs: number;
  readonly signal?: AbortSignal;
  readonly onTrying?: (provider: string) => void;
}

/** Runs that are timed, after one that is not: the best counts, since what else the machine does only slows a run down. */
const TIMED_RUNS = 3;

/** The CPU's own variants, which only rename it. */
const SAME_AS_CPU = new Set(['cpu', 'wasm', 'xnnpack']);

/** The CPU's answers, and how fast it is with all that the machine has. */
interface Reference {
  readonly one: Float32Array;
  readonly whole: Float32Array;
  /** Time of one whole batch, milliseconds. */
  readonly wholeMs: number;
}

/**
 * Tries every execution provider of this build of ONNX Runtime on a model: one row for parity with the CPU, then a whole
 * batch for speed, unless the one row already takes longer than the CPU needs for the batch.
 * @returns a trial per provider, the CPU's last; null where it was stopped before its end
 */
export async function tryProviders(
  model: ModelFiles,
  options: TryProvidersOptions,
): Promise<Trial[] | null> {
  const { signal, onTrying, timeCpu } = options;
  const trials: Trial[] = [];
  let known: Promise<Reference | string> | null = null;
  const reference = (): Promise<Reference | string> => (known ??= referenceOf(model, options));
  let process = openProcess(options);
  try {
    const names = await process.providers();
    const found = names.kind === 'answered' && names.result.ok ? names.result.value : [];
    for (const provider of found.filter((name) => !SAME_AS_CPU.has(name))) {
      onTrying?.(provider);
      trials.push(await tryOne(model, provider, process, options.batch, reference));
      if (signal?.aborted) return null;
      // One that was there, or took the process down, leaves nothing of itself for the next.
      if (trials.at(-1)!.outcome === 'not-there') continue;
      process.close();
      process = openProcess(options);
    }
  } finally {
    process.close();
  }
  if (timeCpu) onTrying?.('cpu');
  const cpu = known || timeCpu ? await reference() : null;
  if (signal?.aborted) return null;
  trials.push(cpuTrial(cpu, options.batch));
  return trials;
}

function openProcess({ spawn, limitMs, signal }: TryProvidersOptions): TrialProcess {
  return openTrialProcess(spawn, limitMs, signal);
}

function cpuTrial(reference: Reference | string | null, batch: TrialBatch): Trial {
  const timed = typeof reference === 'string' ? null : reference;
  return {
    provider: 'cpu',
    outcome: typeof reference === 'string' ? 'no-reference' : 'agrees',
    available: true,
    maxDifference: timed ? 0 : null,
    segmentsPerSecond: timed && rate(batch.segments, timed.wholeMs),
    detail: typeof reference === 'string' ? reference : null,
  };
}

/** @returns why there is none, where the CPU does not answer with numbers */
async function referenceOf(
  model: ModelFiles,
  options: TryProvidersOptions,
): Promise<Reference | string> {
  const { batch, replicas } = options;
  const process = openProcess(options);
  try {
    const one = await probabilitiesOf(process, model, 'cpu', batch, firstRow(batch.inputs));
    if (typeof one === 'string') return one;
    const whole = await timed(process, model, 'cpu', batch);
    if (typeof whole === 'string') return whole;
    // On the CPU such batches run side by side: what a provider has to beat is all of them together.
    const sideBySide = runsInReplicas(model, 'scan') ? replicas : 1;
    return { one: one.values, whole: whole.values, wholeMs: whole.ms / sideBySide };
  } finally {
    process.close();
  }
}

async function tryOne(
  model: ModelFiles,
  provider: string,
  process: TrialProcess,
  batch: TrialBatch,
  referenceNow: () => Promise<Reference | string>,
): Promise<Trial> {
  const trial = (outcome: Trial['outcome'], values: Partial<Trial> = {}): Trial => ({
    provider,
    outcome,
    available: process.opened,
    maxDifference: null,
    segmentsPerSecond: null,
    detail: null,
    ...values,
  });
  const graph = graphRef(model, 'scan', provider);
  if (!graph.ok) return trial('no-reference', { detail: graph.error.message });
  const row = firstRow(batch.inputs);

  const first = await process.run(graph.value, row);
  if (first.kind !== 'answered') return trial(...unanswered(first));
  if (!first.result.ok) return trial(...failure(process, first.result.error.message));
  const reference = await referenceNow();
  if (typeof reference === 'string') return trial('no-reference', { detail: reference });
  const one = batch.probabilities(first.result.value);
  let maxDifference = largestDifference(one, reference.one);
  if (maxDifference === null) return trial('not-a-number');
  if (maxDifference > PARITY_MAX_DIFFERENCE) return trial('differs', { maxDifference });

  // The first run compiles shaders; this one shows what a row costs.
  const second = await process.run(graph.value, row);
  if (second.kind !== 'answered') return trial(...unanswered(second, maxDifference));
  const segmentsOfRow = batch.segments / rowsOf(batch.inputs);
  if (second.ms >= reference.wholeMs) {
    const segmentsPerSecond = rate(segmentsOfRow, second.ms);
    return trial('agrees', { maxDifference, segmentsPerSecond });
  }
  const whole = await timed(process, model, provider, batch);
  if (typeof whole === 'string') return trial('failed', { maxDifference, detail: whole });
  const onWhole = largestDifference(whole.values, reference.whole);
  if (onWhole === null) return trial('not-a-number');
  maxDifference = Math.max(maxDifference, onWhole);
  return trial(maxDifference > PARITY_MAX_DIFFERENCE ? 'differs' : 'agrees', {
    maxDifference,
    segmentsPerSecond: rate(batch.segments, whole.ms),
  });
}

/** The whole batch, run until its time is known. @returns what went wrong instead */
async function timed(
  process: TrialProcess,
  model: ModelFiles,
  provider: string,
  batch: TrialBatch,
): Promise<{ values: Float32Array; ms: number } | string> {
  let best: { values: Float32Array; ms: number } | null = null;
  for (let run = 0; run <= TIMED_RUNS; run++) {
    const answer = await probabilitiesOf(process, model, provider, batch, batch.inputs);
    if (typeof answer === 'string') return answer;
    // The first is the one that is not timed.
    if (run > 0 && (!best || answer.ms < best.ms)) best = answer;
  }
  return best!;
}

async function probabilitiesOf(
  process: TrialProcess,
  model: ModelFiles,
  provider: string,
  batch: TrialBatch,
  inputs: Tensors,
): Promise<{ values: Float32Array; ms: number } | string> {
  const graph = graphRef(model, 'scan', provider);
  if (!graph.ok) return graph.error.message;
  const answer = await process.run(graph.value, inputs);
  if (answer.kind !== 'answered') return describe(answer);
  if (!answer.result.ok) return firstLine(answer.result.error.message);
  const values = batch.probabilities(answer.result.value);
  return values.some(Number.isNaN)
    ? 'an answer is no number (NaN)'
    : { values, ms: Math.max(answer.ms, 1e-3) };
}

type Unanswered = Exclude<TrialAnswer<never>, { kind: 'answered' }>;

function unanswered(
  answer: Unanswered,
  maxDifference: number | null = null,
): [Trial['outcome'], Partial<Trial>] {
  const outcome = answer.kind === 'ended' ? 'crashed' : 'late';
  return [outcome, { maxDifference, detail: describe(answer) }];
}

function describe(answer: Unanswered): string {
  if (answer.kind === 'ended') return firstLine(answer.reason);
  return answer.kind === 'late' ? 'no answer in time' : 'stopped';
}

function failure(process: TrialProcess, message: string): [Trial['outcome'], Partial<Trial>] {
  return [process.opened ? 'failed' : 'not-there', { detail: firstLine(message) }];
}

/** Null where either holds what is no number, or their lengths differ. */
export function largestDifference(a: Float32Array, b: Float32Array): number | null {
  if (a.length !== b.length || a.length === 0) return null;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    if (!(difference <= largest)) largest = difference;
    if (Number.isNaN(difference)) return null;
  }
  return largest;
}

function rate(segments: number, ms: number): number {
  return (1000 * segments) / ms;
}
