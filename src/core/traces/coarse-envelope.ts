/**
 * The envelope of a whole recording at one coarse step, kept in chunks. Wide tiles (an hour, a day) are put
 * together from it, so that the samples are gone through once and a view that was given up half-way is not lost.
 */

/** Width of a bucket, seconds: a power of two, so that bucket edges are exact. */
export const BUCKET_S = 0.5;
/** Buckets of a chunk: 8 min 32 s, 130,000 samples at 250 Hz, some 10 ms of filtering. */
export const CHUNK_BUCKETS = 1024;
export const CHUNK_S = BUCKET_S * CHUNK_BUCKETS;
/** Columns of at least this many seconds are made of buckets: an edge is then off by a quarter column at most. */
export const COARSE_COLUMN_S = 4 * BUCKET_S;

/** Chunks kept per recording: a day of three leads, raw and filtered, is 1,014 of 8 kB each. */
const CHUNKS_KEPT = 2_500;

/** One min/max pair per bucket; shorter in the last chunk of a recording. */
export type Chunk = Float32Array;

/** Chunks of one recording by lead, filter and position, the least recently used dropped first. */
export interface ChunkCache {
  get(lead: number, filter: string, chunk: number): Chunk | undefined;
  put(lead: number, filter: string, chunk: number, values: Chunk): void;
}

export function createChunkCache(capacity = CHUNKS_KEPT): ChunkCache {
  const chunks = new Map<string, Chunk>();
  const keyOf = (lead: number, filter: string, chunk: number): string =>
    `${lead}/${filter}/${chunk}`;
  return {
    get(lead, filter, chunk) {
      const key = keyOf(lead, filter, chunk);
      const found = chunks.get(key);
      if (found) {
        chunks.delete(key);
        chunks.set(key, found);
      }
      return found;
    },
    put(lead, filter, chunk, values) {
      chunks.set(keyOf(lead, filter, chunk), values);
      for (const oldest of chunks.keys()) {
        if (chunks.size <= capacity) break;
        chunks.delete(oldest);
      }
    },
  };
}

/** First bucket of a column that begins at `timeS`. */
const bucketAt = (timeS: number): number => Math.floor(timeS / BUCKET_S + 1e-9);

/**
 * Adds one chunk to the columns of a tile. Every bucket falls into exactly one column, so no peak is lost.
 * @param columns min, max, min, max, ... of the tile, NaN where nothing has been added yet
 * @param startS left edge of the first column
 * @param stepS width of a column, at least `COARSE_COLUMN_S`
 */
export function addChunk(
  columns: Float32Array,
  startS: number,
  stepS: number,
  chunk: number,
  values: Chunk,
): void {
  const first = chunk * CHUNK_BUCKETS;
  const end = first + values.length / 2;
  const count = columns.length / 2;
  let column = Math.max(0, Math.floor((first * BUCKET_S - startS) / stepS) - 1);
  for (; column < count; column++) {
    const from = Math.max(first, bucketAt(startS + column * stepS));
    if (from >= end) return;
    const to = Math.min(end, bucketAt(startS + (column + 1) * stepS));
    let min = columns[2 * column]!;
    let max = columns[2 * column + 1]!;
    for (let b = from - first; b < to - first; b++) {
      const low = values[2 * b]!;
      const high = values[2 * b + 1]!;
      // Written so that a NaN on either side gives way to a number.
      if (!(low >= min)) min = low === low ? low : min;
      if (!(high <= max)) max = high === high ? high : max;
    }
    columns[2 * column] = min;
    columns[2 * column + 1] = max;
  }
}
