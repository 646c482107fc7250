import type { BeatColumns, RhythmEpisode, Segment } from '../../shared/domain';
import type { AnalysisResult } from '../review/store/types';
import type { AnalyserUpdate } from './analyser';
import { packAttention } from './overlays/attention';
import type { BeatShares } from './types';

/** Gathers an analyser's updates. `result()` is what there is so far, and may be called at any time. */
export interface Collector {
  add(update: AnalyserUpdate): void;
  result(): AnalysisResult;
}

export function createCollector(): Collector {
  const segments: Segment[] = [];
  const beats: BeatColumns[] = [];
  const attention = new Map<number, BeatShares | null>();
  let episodes: RhythmEpisode[] = [];
  return {
    add(update) {
      if (update.kind === 'segments') {
        segments.push(...update.segments);
        update.attention?.forEach((shares, i) => attention.set(update.segments[i]!.index, shares));
      }
      if (update.kind === 'beats') beats.push(update.beats);
      else if (update.kind === 'episodes') episodes = [...episodes, ...update.episodes];
    },
    result() {
      // Joined when asked for, and kept joined: many small pieces become one.
      if (beats.length !== 1) beats.splice(0, beats.length, joinBeats(beats));
      const sorted = [...segments].sort((a, b) => a.index - b.index);
      const shares = sorted.map(({ index }) => attention.get(index) ?? null);
      return {
        segments: sorted,
        beats: beats[0]!,
        episodes,
        ...(attention.size > 0 && { attention: packAttention(sorted, shares) }),
      };
    },
  };
}

/** Puts columns of beats after each other. */
export function joinBeats(pieces: readonly BeatColumns[]): BeatColumns {
  const total = pieces.reduce((count, piece) => count + piece.timeS.length, 0);
  const joined: BeatColumns = {
    timeS: new Float64Array(total),
    beatClass: new Uint8Array(total),
    confidence: new Float32Array(total),
    attention: new Float32Array(total),
  };
  let offset = 0;
  for (const piece of pieces) {
    joined.timeS.set(piece.timeS, offset);
    joined.beatClass.set(piece.beatClass, offset);
    joined.confidence.set(piece.confidence, offset);
    joined.attention.set(piece.attention, offset);
    offset += piece.timeS.length;
  }
  return joined;
}
