import type { Result } from '../../../shared/domain';
import type { WindowBatch } from './windows';
import type { SegmentWindow } from '../types';

/**
 * Segments that are read at a time after the first few. Each reading filters a margin of 24 s on both sides of
 * it, which for 64 segments (325 s) is a seventh of the work, for a batch of 8 more than the half.
 */
const STRETCH_SEGMENTS = 64;

/** Segments [first, end), with the standardised rows of those that can be judged. */
export type ReadWindows = (first: number, end: number) => Promise<Result<WindowBatch>>;

/**
 * Batches of windows out of longer stretches. The first stretch is one batch, so that the network has work at
 * once; the next stretch is read while batches of the one before are inferred.
 * @param total segments of the recording
 * @param batchSegments segments per batch, a divisor of 64
 * @returns batch number i, asked for in order
 */
export function createWindowStretches(
  read: ReadWindows,
  total: number,
  batchSegments: number,
): (batch: number) => Promise<Result<WindowBatch>> {
  const stretches = new Map<number, Promise<Result<WindowBatch>>>();

  const startOf = (stretch: number): number =>
    stretch === 0 ? 0 : batchSegments + (stretch - 1) * STRETCH_SEGMENTS;

  function reading(stretch: number): Promise<Result<WindowBatch>> {
    let known = stretches.get(stretch);
    if (!known) {
      known = read(startOf(stretch), Math.min(total, startOf(stretch + 1)));
      // Whoever stops early leaves readings that nobody awaits.
      known.catch(() => undefined);
      stretches.set(stretch, known);
    }
    return known;
  }

  return async (batch) => {
    const first = batch * batchSegments;
    const stretch =
      first < batchSegments ? 0 : 1 + Math.floor((first - batchSegments) / STRETCH_SEGMENTS);
    const found = reading(stretch);
    if (startOf(stretch + 1) < total) void reading(stretch + 1);
    const end = Math.min(total, first + batchSegments);
    if (end === Math.min(total, startOf(stretch + 1))) stretches.delete(stretch);
    const whole = await found;
    if (!whole.ok) return whole;
    return { ok: true, value: part(whole.value, first - startOf(stretch), end - startOf(stretch)) };
  };
}

/** Windows [first, end) of a stretch and their rows. */
function part({ windows, samples }: WindowBatch, first: number, end: number): WindowBatch {
  const readable = (some: readonly SegmentWindow[]): number =>
    some.filter(({ unreadable }) => unreadable === null).length;
  const own = windows.slice(first, end);
  const rowSamples = samples.length / Math.max(1, readable(windows));
  const from = readable(windows.slice(0, first));
  return {
    windows: own,
    samples: samples.subarray(from * rowSamples, (from + readable(own)) * rowSamples),
  };
}
