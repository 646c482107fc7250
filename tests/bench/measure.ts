import { medianOfSorted } from '../../src/shared/domain/order-statistics';

/** One side of a comparison: returns how long one run took, in ms. */
export type Run = () => Promise<number>;

export interface Comparison {
  readonly ownMs: number;
  /** Null where there is nobody to compare with. */
  readonly peerMs: number | null;
  readonly runs: number;
  /** Runs of each side before those. */
  readonly warmUps: number;
}

/** Times `work` once. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * Medians over runs of both sides in turn: whatever else the machine does meanwhile, it does to both.
 * @param warmUps runs of each side first that do not count: imports there, the compiling of loops here
 */
export async function compare(
  own: Run,
  peer: Run | null,
  runs: number,
  warmUps = 1,
): Promise<Comparison> {
  const ownMs: number[] = [];
  const peerMs: number[] = [];
  for (let run = -warmUps; run < runs; run++) {
    const times = [await own(), peer ? await peer() : NaN] as const;
    if (run < 0) continue;
    ownMs.push(times[0]);
    peerMs.push(times[1]);
  }
  const medians = { ownMs: median(ownMs), peerMs: peer ? median(peerMs) : null };
  return { ...medians, runs, warmUps };
}

/** The mean of two in the middle. */
export function median(values: readonly number[]): number {
  return medianOfSorted(Float64Array.from(values).sort());
}

/**
 * One line of the table. `limit` is the largest time allowed relative to the peer's: 0.2
 * means five times as fast.
 */
export function row(
  what: string,
  peer: string,
  { ownMs, peerMs, runs, warmUps }: Comparison,
  limit: number,
): string {
  const ms = (value: number): string => `${value < 100 ? value.toFixed(1) : value.toFixed(0)} ms`;
  if (peerMs === null) return `${what}\n    Fiducial ${ms(ownMs)}; not compared: ${peer}`;
  const ratio = ownMs / peerMs;
  const verdict = ratio <= limit ? 'met' : 'NOT MET';
  const speed =
    ratio < 1 ? `${(1 / ratio).toFixed(1)} times as fast` : `${ratio.toFixed(2)} times the time`;
  const budget = limit < 1 ? `${(1 / limit).toFixed(0)} times as fast` : `${limit} times the time`;
  const how = `medians of ${runs} after ${warmUps} of each to warm up`;
  return `${what}\n    Fiducial ${ms(ownMs)}, ${peer} ${ms(peerMs)} (${how}): ${speed}; budget ${budget}: ${verdict}`;
}
