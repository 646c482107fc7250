import type {
  BeatColumns,
  QualityColumns,
  RecordingInfo,
  RhythmEpisode,
  Segment,
  TimeSpan,
} from '../../shared/domain';
import { QUALITY } from '../beats/quality';
import type { AnalysisOrigin, AnalysisResult } from '../review/store/types';
import type { Analyser, AnalyserUpdate } from './analyser';
import { packAttention } from './overlays/attention';
import type { BeatShares } from './types';

/** Gathers an analyser's updates. `result()` is what there is so far, and may be called at any time. */
export interface Collector {
  add(update: AnalyserUpdate): void;
  result(): AnalysisResult;
}

/** What is kept of a recording and its model. */
export function analysisOrigin(
  { findsBeats }: Pick<Analyser, 'findsBeats'>,
  { durationS, startClock, leads }: Pick<RecordingInfo, 'durationS' | 'startClock' | 'leads'>,
): AnalysisOrigin {
  return {
    durationS,
    startClock,
    findsBeats,
    leads: leads.map(({ index, name, isEcg }) => ({ index, name, isEcg })),
  };
}

/** @param origin what is analysed; null where nobody asks what was found in it */
export function createCollector(origin: AnalysisOrigin | null = null): Collector {
  const quality = createQualityColumns(origin);
  const segments: Segment[] = [];
  const beats: BeatColumns[] = [];
  const attention = new Map<number, BeatShares | null>();
  let episodes: RhythmEpisode[] = [];
  let qrsWidths: AnalysisResult['qrsWidths'];
  let unlike: AnalysisResult['unlike'];
  const restless: TimeSpan[] = [];
  return {
    add(update) {
      if (update.kind === 'segments') {
        segments.push(...update.segments);
        update.attention?.forEach((shares, i) => attention.set(update.segments[i]!.index, shares));
      }
      if (update.kind === 'beats') beats.push(update.beats);
      else if (update.kind === 'episodes') episodes = [...episodes, ...update.episodes];
      else if (update.kind === 'restless') restless.push(...update.gaps);
      else if (update.kind === 'qrs-widths') qrsWidths = update.widths;
      else if (update.kind === 'unlike') {
        const { beats: more, of } = update;
        unlike = { beats: (unlike?.beats ?? 0) + more, of: (unlike?.of ?? 0) + of };
      } else if (update.kind === 'quality' && origin) quality.add(update);
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
        ...(origin && { origin }),
        ...(qrsWidths && { qrsWidths }),
        ...(unlike && { unlike }),
        ...(restless.length > 0 && {
          restless: [...restless].sort((one, other) => one.startS - other.startS),
        }),
        ...(quality.leads > 0 && { quality: quality.columns() }),
        ...(attention.size > 0 && { attention: packAttention(sorted, shares) }),
      };
    },
  };
}

/** Gathers the quality of leads; what has not been told is good, as it is of a signal that nothing is said of. */
function createQualityColumns(origin: AnalysisOrigin | null) {
  const seconds = Math.ceil(origin?.durationS ?? 0);
  const levels = new Map<number, Uint8Array>();
  return {
    get leads() {
      return levels.size;
    },
    add({ lead, fromS, level }: Extract<AnalyserUpdate, { kind: 'quality' }>): void {
      const known = levels.get(lead) ?? new Uint8Array(seconds).fill(QUALITY.good);
      levels.set(lead, known);
      if (fromS < seconds) known.set(level.subarray(0, seconds - fromS), fromS);
    },
    columns(): QualityColumns {
      const leads = (origin?.leads ?? []).filter(({ index }) => levels.has(index));
      const level = new Uint8Array(leads.length * seconds);
      leads.forEach(({ index }, row) => level.set(levels.get(index)!, row * seconds));
      return { leads: [...leads], seconds, level };
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
