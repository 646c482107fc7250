import type { DisplayFilterId } from '../../shared/domain/display-filters';
import type { Client } from '../../shared/contract';
import type { Failure } from '../../shared/domain';
import { tilesBetween, type TileLevel, type TileTrace } from './tile-grid';

export type TraceFilter = DisplayFilterId;

export interface TileCacheOptions {
  readonly call: Client['call'];
  readonly recordingId: string;
  readonly durationS: number;
  /** Told when tiles have arrived and the traces should be drawn again. */
  readonly onArrival: () => void;
  /** Told when a tile could not be read. */
  readonly onFailure: (failure: Failure) => void;
  /** Least recently used tiles are dropped beyond this many values (4 bytes each). */
  readonly maxValues?: number;
}

/** What should be at hand: drawn leads, drawn range, and how far beyond it to read ahead. */
export interface TileWish {
  readonly leads: readonly number[];
  readonly filter: TraceFilter;
  readonly level: TileLevel;
  readonly startS: number;
  readonly endS: number;
  /** Negative when the reader moves towards the start. */
  readonly direction: -1 | 0 | 1;
}

export interface TileCache {
  get(lead: number, filter: TraceFilter, level: TileLevel, tile: number): TileTrace | undefined;
  /** Whether a tile could not be read, and will not be asked for again. */
  isLost(lead: number, filter: TraceFilter, level: TileLevel, tile: number): boolean;
  /**
   * Requests what is missing, nearest first, and stops requests that nobody waits for any more.
   * @returns whether all of the drawn range is there, or will never be
   */
  want(wish: TileWish): boolean;
  readonly valueCount: number;
  clear(): void;
}

/** Tiles read beyond the drawn range: two ahead and one behind while moving, one on each side at rest. */
const AHEAD = 2;
const BEHIND = 1;
const DEFAULT_MAX_VALUES = 1_500_000;

/** Tiles of one recording in a bounded, least-recently-used cache. Plain typed arrays, never reactive. */
export function createTileCache(options: TileCacheOptions): TileCache {
  const tiles = new Map<string, TileTrace>();
  const pending = new Map<string, AbortController>();
  const failed = new Set<string>();
  const maxValues = options.maxValues ?? DEFAULT_MAX_VALUES;
  let valueCount = 0;

  const keyOf = (lead: number, filter: TraceFilter, level: TileLevel, tile: number): string =>
    `${filter}|${level.key}|${tile}|${lead}`;

  function store(key: string, trace: TileTrace): void {
    tiles.set(key, trace);
    valueCount += trace.values.length;
    for (const [oldKey, old] of tiles) {
      if (valueCount <= maxValues || oldKey === key) break;
      tiles.delete(oldKey);
      valueCount -= old.values.length;
    }
  }

  async function request(wish: TileWish, tile: number, leads: number[]): Promise<void> {
    const { filter, level } = wish;
    const keys = leads.map((lead) => keyOf(lead, filter, level, tile));
    const controller = new AbortController();
    for (const key of keys) pending.set(key, controller);
    const startS = tile * level.tileS;
    const result = await options.call(
      'traces.tile',
      {
        recordingId: options.recordingId,
        leads,
        startS,
        endS: Math.min(startS + level.tileS, options.durationS),
        widthPx: Math.max(
          1,
          Math.round(level.columns * Math.min(1, (options.durationS - startS) / level.tileS)),
        ),
        filter,
      },
      { signal: controller.signal },
    );
    for (const key of keys) if (pending.get(key) === controller) pending.delete(key);
    if (controller.signal.aborted) return;
    if (!result.ok) {
      if (result.error.code === 'cancelled') return;
      for (const key of keys) failed.add(key);
      options.onFailure(result.error);
      return;
    }
    for (const trace of result.value.leads) store(keyOf(trace.lead, filter, level, tile), trace);
    options.onArrival();
  }

  function want(wish: TileWish): boolean {
    const { first, last } = tilesBetween(wish.level, wish.startS, wish.endS, options.durationS);
    const before = wish.direction < 0 ? AHEAD : BEHIND;
    const after = wish.direction > 0 ? AHEAD : BEHIND;
    const range = tilesBetween(
      wish.level,
      (first - before) * wish.level.tileS,
      (last + 1 + after) * wish.level.tileS,
      options.durationS,
    );
    const order: number[] = [];
    for (let tile = first; tile <= last; tile++) order.push(tile);
    for (let i = 1; i <= Math.max(before, after); i++) {
      if (last + i <= range.last) order.push(last + i);
      if (first - i >= range.first) order.push(first - i);
    }
    const wanted = new Set<string>();
    const missing: { tile: number; leads: number[] }[] = [];
    let whole = true;
    for (const tile of order) {
      const leads: number[] = [];
      for (const lead of wish.leads) {
        const key = keyOf(lead, wish.filter, wish.level, tile);
        wanted.add(key);
        const hit = tiles.get(key);
        if (hit) {
          // Re-insertion keeps the map in order of last use.
          tiles.delete(key);
          tiles.set(key, hit);
          continue;
        }
        if (failed.has(key)) continue;
        if (tile >= first && tile <= last) whole = false;
        if (!pending.has(key)) leads.push(lead);
      }
      if (leads.length > 0) missing.push({ tile, leads });
    }
    const wantedControllers = new Set<AbortController>();
    for (const [key, controller] of pending) if (wanted.has(key)) wantedControllers.add(controller);
    for (const [key, controller] of pending) {
      if (wantedControllers.has(controller)) continue;
      pending.delete(key);
      controller.abort();
    }
    for (const { tile, leads } of missing) void request(wish, tile, leads);
    return whole;
  }

  return {
    get: (lead, filter, level, tile) => tiles.get(keyOf(lead, filter, level, tile)),
    isLost: (lead, filter, level, tile) => failed.has(keyOf(lead, filter, level, tile)),
    want,
    get valueCount() {
      return valueCount;
    },
    clear() {
      for (const controller of pending.values()) controller.abort();
      pending.clear();
      tiles.clear();
      failed.clear();
      valueCount = 0;
    },
  };
}
