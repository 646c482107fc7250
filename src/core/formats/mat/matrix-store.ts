import { ok, type Result } from '../../../shared/domain';
import type { SampleStore } from '../shared/lead-source';
import type { NumericArray } from './values';

/** Which way the samples of a matrix run. */
export interface Orientation {
  readonly leads: number;
  readonly samples: number;
  /** True where each row is a lead, so that its samples lie apart. */
  readonly leadsAreRows: boolean;
}

/** Bytes that are read at a time. */
const BLOCK_BYTES = 512 * 1024;

/** Samples of one lead, read in blocks; `toValue` makes values in the lead's unit out of numbers that are no integers. */
export function matrixStore(
  { code, source, byteOffset }: NumericArray,
  { leads, samples, leadsAreRows }: Orientation,
  lead: number,
  toValue: (number: number) => number,
): SampleStore {
  const step = leadsAreRows ? leads : 1;
  const first = leadsAreRows ? lead : lead * samples;
  const perBlock = Math.max(1, Math.floor(BLOCK_BYTES / (step * code.bytes)));

  /** Blocks begin at multiples of their length, so that windows beside each other share them. */
  async function each(
    from: number,
    to: number,
    take: (sample: number, number: number) => void,
  ): Promise<Result<null>> {
    for (let block = Math.floor(from / perBlock); block * perBlock < to; block++) {
      const start = block * perBlock;
      const end = Math.min(samples, start + perBlock);
      // Of rows of leads, whole columns: the other leads' windows are the same bytes.
      const begin = leadsAreRows ? start * leads : first + start;
      const bytes = await source.read(
        byteOffset + begin * code.bytes,
        (end - start) * step * code.bytes,
      );
      if (!bytes.ok) return bytes;
      const view = new DataView(bytes.value.buffer, bytes.value.byteOffset, bytes.value.byteLength);
      const within = leadsAreRows ? lead : 0;
      for (let sample = Math.max(from, start); sample < Math.min(to, end); sample++) {
        take(sample, code.read(view, ((sample - start) * step + within) * code.bytes));
      }
    }
    return ok(null);
  }

  if (code.isInteger) {
    return {
      kind: 'integers',
      read: (from, to, out, at) =>
        each(from, to, (sample, number) => (out[at + sample - from] = number)),
    };
  }
  return {
    kind: 'values',
    read: (from, to, out, at) =>
      each(from, to, (sample, number) => (out[at + sample - from] = toValue(number))),
  };
}
