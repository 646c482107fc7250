import { LRUCache } from 'lru-cache';
import { displayFilter, ok, type DisplayFilterId, type Result } from '../../shared/domain';
import { createDisplayFilter, filterWindow, type Bandpass } from '../dsp/bandpass';
import { readSamples } from '../recordings/read-samples';
import type { OpenRecording } from '../formats/open-recording';

/** Scrolling moves by pages: a block is several of them, and its margins cost less than half of it. */
const BLOCK_SAMPLES = 32_768;
/** 96 blocks are 12 MB per open record: two blocks of twelve leads, four times over. */
const BLOCKS_KEPT = 96;
/** Ranges of more blocks than this are seen once (an overview) and are not worth keeping. */
const LARGEST_CACHED_RANGE = 2 * BLOCK_SAMPLES;

const filters = new Map<string, Bandpass | null>();
/** Blocks go with their reader: a record that changed on disk gets a new reader and no old blocks. */
const caches = new WeakMap<OpenRecording, LRUCache<string, Float32Array>>();

/** What a signal of this rate is shown through, made once a thread; null where nothing changes it. */
export function filterAt(rateHz: number, id: DisplayFilterId): Bandpass | null {
  const key = `${id}@${rateHz}`;
  const known = filters.get(key);
  if (known !== undefined) return known;
  const filter = createDisplayFilter(rateHz, displayFilter(id));
  filters.set(key, filter);
  return filter;
}

/**
 * Samples [start, end) of one signal through a display filter, from cached blocks where they are.
 * Every block is filtered with a margin, so its place does not show (`filterWindow`).
 */
export async function readFiltered(
  recording: OpenRecording,
  signal: number,
  filter: DisplayFilterId,
  start: number,
  end: number,
): Promise<Result<Float32Array | Float64Array>> {
  const { samples: length, samplingRateHz } = recording.leads[signal]!;
  const chain = filterAt(samplingRateHz, filter);
  if (!chain) return readSamples(recording, signal, start, end);
  const to = Math.min(end, length);
  if (start >= to) return ok(new Float32Array(0));
  if (to - start > LARGEST_CACHED_RANGE) return filterRange(recording, signal, chain, start, to);

  const out = new Float32Array(to - start);
  for (let block = Math.floor(start / BLOCK_SAMPLES); block * BLOCK_SAMPLES < to; block++) {
    const filtered = await readBlock(recording, signal, filter, chain, block, length);
    if (!filtered.ok) return filtered;
    const blockStart = block * BLOCK_SAMPLES;
    const from = Math.max(start, blockStart);
    const upTo = Math.min(to, blockStart + BLOCK_SAMPLES);
    out.set(filtered.value.subarray(from - blockStart, upTo - blockStart), from - start);
  }
  return ok(out);
}

function filterRange(
  recording: OpenRecording,
  signal: number,
  chain: Bandpass,
  start: number,
  end: number,
): Promise<Result<Float64Array>> {
  return filterWindow(
    chain,
    (from, to) => readSamples(recording, signal, from, to),
    recording.leads[signal]!.samples,
    start,
    end,
  );
}

async function readBlock(
  recording: OpenRecording,
  signal: number,
  filter: DisplayFilterId,
  chain: Bandpass,
  block: number,
  length: number,
): Promise<Result<Float32Array>> {
  let cache = caches.get(recording);
  if (!cache) caches.set(recording, (cache = new LRUCache({ max: BLOCKS_KEPT })));
  const key = `${filter}/${signal}/${block}`;
  const known = cache.get(key);
  if (known) return ok(known);
  const start = block * BLOCK_SAMPLES;
  const end = Math.min(length, start + BLOCK_SAMPLES);
  const filtered = await filterRange(recording, signal, chain, start, end);
  if (!filtered.ok) return filtered;
  const kept = new Float32Array(filtered.value);
  cache.set(key, kept);
  return ok(kept);
}
