import type { DeviceReport } from '../../shared/contract';
import type { GraphBytes } from './read-graph';
import type { GraphValue, Runtime, Session } from './runtime';
import type { Tensor, Tensors } from './types';

/** Largest difference in probability from the CPU that a provider may show (design.md section 5). */
export const PARITY_MAX_DIFFERENCE = 1e-3;
/** Segments in the trial batch, and runs that are timed after one that warms up. */
const TRIAL_BATCH = 8;
const TRIAL_RUNS = 3;

/** Not worth a trial: the CPU itself, and its own variants that only rename it. */
const NEVER_TRIED = new Set(['cpu', 'wasm', 'xnnpack']);

export interface ProviderChoice {
  readonly session: Session;
  readonly provider: string;
  readonly reports: readonly DeviceReport[];
}

export interface ChooseOptions {
  readonly banned: readonly string[];
  /** Told before and after each trial, so that a crash can be put down to the provider on trial. */
  readonly onTrying?: (provider: string | null) => void | Promise<void>;
  readonly nowMs?: () => number;
  /** Threads inside an operator on the CPU (`Runtime.createSession`). */
  readonly threads?: number | undefined;
}

/**
 * Tries every accelerator of this platform's ONNX Runtime on the graph and keeps one only when it agrees with
 * the CPU within `PARITY_MAX_DIFFERENCE` and is faster; otherwise the CPU. The reports say why.
 */
export async function chooseProvider(
  runtime: Runtime,
  graph: GraphBytes | string,
  options: ChooseOptions,
): Promise<ProviderChoice> {
  const now = options.nowMs ?? (() => performance.now());
  const cpu = await runtime.createSession(graph, 'cpu', options.threads);
  const candidates = runtime.providers().filter((name) => !NEVER_TRIED.has(name));
  if (candidates.length === 0) {
    const reason = 'The only provider that this platform has.';
    return { session: cpu, provider: 'cpu', reports: [report('cpu', { chosen: true, reason })] };
  }

  const inputs = trialInputs(cpu.inputs);
  let best: { session: Session; provider: string; rate: number } | null = null;
  let reference: { outputs: Tensors; rate: number } | null = null;
  const reports: DeviceReport[] = [];
  for (const provider of candidates) {
    if (options.banned.includes(provider)) {
      reports.push(report(provider, { reason: 'It crashed when it was tried.' }));
      continue;
    }
    await options.onTrying?.(provider);
    let session: Session | null = null;
    try {
      session = await runtime.createSession(graph, provider);
      const outputs = await session.run(inputs);
      reference ??= { outputs: await cpu.run(inputs), rate: await speed(cpu, inputs, now) };
      const difference = maxDifference(outputs, reference.outputs);
      const rate = await speed(session, inputs, now);
      const verdict = judge(difference, rate, Math.max(reference.rate, best?.rate ?? 0));
      reports.push(
        report(provider, {
          available: true,
          maxDifference: difference,
          segmentsPerSecond: rate,
          reason: verdict.reason,
        }),
      );
      if (verdict.accepted) {
        await best?.session.release();
        best = { session, provider, rate };
        session = null;
      }
    } catch (error) {
      reports.push(report(provider, { reason: `Not available: ${firstLine(error)}` }));
    }
    await session?.release();
    await options.onTrying?.(null);
  }

  if (best) await cpu.release();
  const chosen = best ?? { session: cpu, provider: 'cpu' };
  reports.push(
    report('cpu', {
      maxDifference: 0,
      segmentsPerSecond: reference?.rate ?? null,
      reason: best
        ? `${best.provider} agrees with it and is faster.`
        : `No other provider passed: ${reports.map((r) => `${r.provider}: ${r.reason}`).join(' ')}`,
    }),
  );
  return {
    session: chosen.session,
    provider: chosen.provider,
    reports: reports.map((r) => ({ ...r, chosen: r.provider === chosen.provider })),
  };
}

function judge(
  difference: number,
  rate: number,
  rateToBeat: number,
): { accepted: boolean; reason: string } {
  if (!(difference <= PARITY_MAX_DIFFERENCE)) {
    const reason = `Differs from the CPU by ${difference.toPrecision(2)}, more than ${PARITY_MAX_DIFFERENCE}.`;
    return { accepted: false, reason };
  }
  if (rate <= rateToBeat) {
    const reason = `Agrees, but is no faster: ${rate.toFixed(0)} against ${rateToBeat.toFixed(0)} segments/s.`;
    return { accepted: false, reason };
  }
  const reason = `Agrees with the CPU and is faster: ${rate.toFixed(0)} against ${rateToBeat.toFixed(0)} segments/s.`;
  return { accepted: true, reason };
}

function report(
  provider: string,
  values: Partial<DeviceReport> & { reason: string },
): DeviceReport {
  return {
    provider,
    available: provider === 'cpu',
    chosen: false,
    maxDifference: null,
    segmentsPerSecond: null,
    ...values,
  };
}

/** The best of a few runs: whatever else the machine does can only slow a run down. */
async function speed(session: Session, inputs: Tensors, now: () => number): Promise<number> {
  let bestMs = Infinity;
  for (let run = 0; run < TRIAL_RUNS; run++) {
    const start = now();
    await session.run(inputs);
    bestMs = Math.min(bestMs, now() - start);
  }
  return (TRIAL_BATCH * 1000) / Math.max(bestMs, 1e-3);
}

/** Largest absolute difference of the outputs; of `probability` alone where both have it. NaN counts as infinite. */
export function maxDifference(a: Tensors, b: Tensors): number {
  const names = 'probability' in b ? ['probability'] : Object.keys(b);
  let worst = 0;
  for (const name of names) {
    const left = a[name]?.data;
    const right = b[name]!.data;
    if (!left || left.length !== right.length) return Infinity;
    for (let i = 0; i < right.length; i++) {
      const difference = Math.abs(Number(left[i]) - Number(right[i]));
      if (!(difference <= worst)) worst = Number.isNaN(difference) ? Infinity : difference;
    }
  }
  return worst;
}

/**
 * Inputs for a trial, made from the graph's own declaration: the first dynamic dimension is the batch, any
 * other is 8. Values are a fixed pseudo-random sequence of about unit variance, as standardised samples are.
 */
export function trialInputs(values: readonly GraphValue[]): Tensors {
  const tensors: Record<string, Tensor> = {};
  let state = 12345;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // Numerical Recipes, section 7.1
    return (state / 2 ** 32 - 0.5) * Math.sqrt(12);
  };
  for (const { name, type, dims } of values) {
    const shape = dims.map((dim, i) => (typeof dim === 'number' ? dim : i === 0 ? TRIAL_BATCH : 8));
    const size = shape.reduce((product, dim) => product * dim, 1);
    if (type === 'float32') {
      tensors[name] = { type, dims: shape, data: Float32Array.from({ length: size }, next) };
    } else if (type === 'bool') {
      // Masks: everything is valid.
      tensors[name] = { type, dims: shape, data: new Uint8Array(size).fill(1) };
    } else if (type === 'int64') {
      tensors[name] = { type, dims: shape, data: new BigInt64Array(size) };
    } else {
      throw new Error(`input ${name} has type ${type}`);
    }
  }
  return tensors;
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n')[0] ?? '').slice(0, 300);
}
