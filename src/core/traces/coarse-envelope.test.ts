import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  addChunk,
  BUCKET_S,
  CHUNK_BUCKETS,
  COARSE_COLUMN_S,
  createChunkCache,
} from './coarse-envelope';
import { columnEnvelope } from './columns';

/** The buckets of a signal, in chunks. */
function chunksOf(samples: Float64Array, rateHz: number): Float32Array[] {
  const buckets = Math.ceil(samples.length / rateHz / BUCKET_S);
  const chunks: Float32Array[] = [];
  for (let from = 0; from < buckets; from += CHUNK_BUCKETS) {
    const to = Math.min(buckets, from + CHUNK_BUCKETS);
    const grid = { startS: from * BUCKET_S, stepS: BUCKET_S };
    const firstSample = Math.ceil(from * BUCKET_S * rateHz - 1e-6);
    chunks.push(columnEnvelope(samples.subarray(firstSample), grid, rateHz, 0, to - from));
  }
  return chunks;
}

it('agrees with the samples, up to a bucket at the edges of a column, and loses no peak', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1500 }),
      fc.double({ min: COARSE_COLUMN_S, max: 200, noNaN: true }),
      fc.double({ min: 0, max: 300, noNaN: true }),
      fc.integer({ min: 1, max: 10_000 }),
      (durationS, stepS, startS, seed) => {
        const rateHz = 8;
        let state = seed;
        const samples = Float64Array.from({ length: durationS * rateHz }, () => {
          state = (state * 48_271) % 2_147_483_647;
          return state % 97 === 0 ? NaN : Math.fround((state % 2000) / 1000 - 1);
        });
        const count = Math.max(0, Math.ceil((durationS - startS) / stepS - 1e-9));
        const columns = new Float32Array(2 * count).fill(NaN);
        chunksOf(samples, rateHz).forEach((values, chunk) =>
          addChunk(columns, startS, stepS, chunk, values),
        );
        for (let c = 0; c < count; c++) {
          // Whole buckets inside the column must be in it; nothing from a bucket beyond it may be.
          const inner = range(samples, rateHz, startS + c * stepS, startS + (c + 1) * stepS, 0);
          const outer = range(samples, rateHz, startS + c * stepS, startS + (c + 1) * stepS, 1);
          const [low, high] = [columns[2 * c]!, columns[2 * c + 1]!];
          if (inner) expect(low <= inner[0] && high >= inner[1]).toBe(true);
          if (low === low) expect(outer && low >= outer[0] && high <= outer[1]).toBe(true);
        }
      },
    ),
    { numRuns: 60 },
  );
});

/** Least and greatest sample of the whole buckets within (or, with `more`, touching) a stretch. */
function range(
  samples: Float64Array,
  rateHz: number,
  fromS: number,
  toS: number,
  more: 0 | 1,
): [number, number] | null {
  const edge = (timeS: number, up: boolean): number =>
    (up ? Math.ceil(timeS / BUCKET_S) : Math.floor(timeS / BUCKET_S)) * BUCKET_S * rateHz;
  const part = samples
    .subarray(edge(fromS, more === 0), edge(toS, more === 1))
    .filter((v) => v === v);
  return part.length > 0 ? [Math.min(...part), Math.max(...part)] : null;
}

it('drops the chunks that were not used for longest', () => {
  const cache = createChunkCache(2);
  cache.put(0, 'raw', 0, new Float32Array(2));
  cache.put(0, 'raw', 1, new Float32Array(2));
  cache.get(0, 'raw', 0);
  cache.put(0, 'raw', 2, new Float32Array(2));
  expect(cache.get(0, 'raw', 1)).toBeUndefined();
  expect(cache.get(0, 'raw', 0)).toBeDefined();
});
