import { ok, type Result, type DisplayFilterId } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';

import type { OpenRecording } from '../formats/open-recording';
import type { Pool } from '../workers/types';
import {
  addChunk,
  BUCKET_S,
  CHUNK_BUCKETS,
  CHUNK_S,
  createChunkCache,
  type ChunkCache,
} from './coarse-envelope';
import { tileTask } from './tile-task';

/** Leads that one task goes through: some 50 ms of work, so that a cancel is heard. */
const LEADS_PER_TASK = 4;

/** Chunks go with their reader: a record that changed on disk gets a new reader and no old chunks. */
const caches = new WeakMap<OpenRecording, ChunkCache>();

export interface CoarseLead {
  readonly lead: number;
  /** Left edge and width of the columns, seconds. */
  readonly t0S: number;
  readonly stepS: number;
  /** Filled with min, max, min, max, ... */
  readonly values: Float32Array;
}

/**
 * Fills wide columns from coarse chunks; those that are not known yet are made in the bulk lane, behind nothing
 * that scrolls, and kept.
 */
export async function fillCoarse(
  recording: OpenRecording,
  pool: Pool,
  filter: DisplayFilterId,
  leads: readonly CoarseLead[],
  signal: AbortSignal,
): Promise<Result<void>> {
  let cache = caches.get(recording);
  if (!cache) caches.set(recording, (cache = createChunkCache()));
  for (let from = 0; from < leads.length; from += LEADS_PER_TASK) {
    const group = leads.slice(from, from + LEADS_PER_TASK);
    const endS = Math.max(...group.map((l) => l.t0S + (l.stepS * l.values.length) / 2));
    const first = Math.floor((group[0]?.t0S ?? 0) / CHUNK_S);
    for (let chunk = first; chunk * CHUNK_S < endS; chunk++) {
      if (signal.aborted) return errSaid('cancelled', 'failures.tileNotWanted');
      const made = await makeChunk(recording, pool, filter, group, chunk, cache);
      if (!made.ok) return made;
      for (const { lead, t0S, stepS, values } of group) {
        const found = cache.get(lead, filter, chunk);
        if (found) addChunk(values, t0S, stepS, chunk, found);
      }
    }
  }
  return ok(undefined);
}

async function makeChunk(
  recording: OpenRecording,
  pool: Pool,
  filter: DisplayFilterId,
  group: readonly CoarseLead[],
  chunk: number,
  cache: ChunkCache,
): Promise<Result<void>> {
  const startS = chunk * CHUNK_S;
  const pieces = group.flatMap(({ lead }) => {
    const lengthS = recording.leads[lead]!.samples / recording.leads[lead]!.samplingRateHz;
    const buckets = Math.min(CHUNK_BUCKETS, Math.ceil((lengthS - startS) / BUCKET_S - 1e-9));
    if (buckets <= 0 || cache.get(lead, filter, chunk)) return [];
    return [
      {
        kind: 'envelope' as const,
        lead,
        grid: { startS, stepS: BUCKET_S },
        fromColumn: 0,
        toColumn: buckets,
      },
    ];
  });
  if (pieces.length === 0) return ok(undefined);
  const values = await pool.run(
    tileTask,
    { path: recording.path, filter, pieces },
    { lane: 'bulk' },
  );
  if (!values.ok) return values;
  pieces.forEach(({ lead }, i) => cache.put(lead, filter, chunk, values.value[i]!));
  return ok(undefined);
}
