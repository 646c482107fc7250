import type { QualityColumns, Result, Segment, TimeSpan } from '../../shared/domain';
import type { AnalysisOrigin, AnalysisResult } from '../review/store/types';
import type { AnalyserUpdate } from './analyser';
import { BORDER_BEAT_S } from './beat-model/stretch-updates';
import { createCollector, joinBeats } from './collect';

/** What is looked at in one go: enough for a rhythm, and read in a tenth of a second. */
const MINUTE_S = 60;
/** A recording up to this long is analysed as soon as a minute of it. */
const SHORTEST_S = 180;
/** Minutes of one view; one of hours shows no beats. */
const MINUTES_A_LOOK = 3;

export interface GlancesOptions {
  readonly origin: AnalysisOrigin;
  /** Reads a span; null where the analyser gives its first answers as soon. */
  readonly glance:
    | ((span: TimeSpan, signal: AbortSignal) => Promise<Result<AnalyserUpdate[]>>)
    | null;
  /** Up to where the analysis has come, seconds. */
  reachedS(): number;
  /** Told what was found in a minute. */
  found(segments: readonly Segment[]): void;
}

/** What a reader looks at while an analysis has not come there yet: minutes beyond it, which it replaces. */
export interface Glances {
  /** Reads the minutes of a view of which nothing is known; the view that was asked for last goes first. */
  look(view: TimeSpan): void;
  /** Resolves once the first minute that was asked for has been read, at once where none was. */
  firstLook(): Promise<void>;
  /** What the analysis found so far, and after it the minutes that were looked at. */
  beyond(result: AnalysisResult): AnalysisResult;
  /** Nothing more is looked at, and what was is forgotten. */
  close(): void;
}

export function createGlances({ origin, glance, reachedS, found }: GlancesOptions): Glances {
  const controller = new AbortController();
  const { signal } = controller;
  /** By the number of the minute. */
  const seen = new Map<number, AnalysisResult>();
  const asked = new Set<number>();
  let wanted: number[] = [];
  let working = false;
  let first: Promise<unknown> | null = null;

  const spanOf = (minute: number): TimeSpan => ({
    startS: minute * MINUTE_S,
    endS: Math.min(origin.durationS, (minute + 1) * MINUTE_S),
  });
  const isBeyond = (minute: number): boolean => minute * MINUTE_S >= reachedS();

  async function work(read: NonNullable<GlancesOptions['glance']>): Promise<void> {
    working = true;
    for (let minute = wanted.shift(); minute !== undefined; minute = wanted.shift()) {
      if (signal.aborted) break;
      if (asked.has(minute) || !isBeyond(minute)) continue;
      asked.add(minute);
      // What goes wrong here goes wrong in the analysis too, which says so.
      const reading = read(spanOf(minute), signal).catch(() => null);
      first ??= reading;
      const updates = await reading;
      if (!updates?.ok || signal.aborted || !isBeyond(minute)) continue;
      const collector = createCollector(origin);
      for (const update of updates.value) collector.add(update);
      const result = collector.result();
      seen.set(minute, result);
      found(result.segments);
    }
    working = false;
  }

  return {
    look({ startS, endS }) {
      if (!glance || signal.aborted || origin.durationS <= SHORTEST_S) return;
      const from = Math.floor(Math.max(0, startS) / MINUTE_S);
      const last = Math.ceil(Math.min(endS, origin.durationS) / MINUTE_S) - 1;
      const count = Math.min(MINUTES_A_LOOK, Math.max(0, last - from + 1));
      const minutes = Array.from({ length: count }, (_, i) => from + i);
      wanted = [...minutes, ...wanted.filter((minute) => !minutes.includes(minute))];
      if (!working) void work(glance);
    },
    async firstLook() {
      await first;
    },
    beyond(result) {
      for (const minute of seen.keys()) if (!isBeyond(minute)) seen.delete(minute);
      if (seen.size === 0) return result;
      const minutes = [...seen.keys()].sort((a, b) => a - b);
      const lastS = result.beats.timeS.at(-1) ?? 0;
      const glances = minutes.map((minute) => seen.get(minute)!);
      const known = new Set(result.segments.map(({ index }) => index));
      return {
        ...result,
        segments: [
          ...result.segments,
          ...glances.flatMap(({ segments }) => segments.filter(({ index }) => !known.has(index))),
        ],
        beats: joinBeats([result.beats, ...glances.map(({ beats }) => after(beats, lastS))]),
        episodes: [...result.episodes, ...glances.flatMap(({ episodes }) => episodes)],
        restless: [result, ...glances].flatMap(({ restless = [] }) => restless),
        quality: glances.reduce(
          (quality, glance, i) => withSpan(quality, glance.quality, spanOf(minutes[i]!)),
          result.quality,
        ),
        // Kept for paper, of what is final.
        attention: undefined,
        analysed: [{ startS: 0, endS: lastS }, ...minutes.map(spanOf)],
      };
    },
    close() {
      controller.abort();
      seen.clear();
    },
  };
}

/** Beats that are none of those up to a time. */
function after(beats: AnalysisResult['beats'], lastS: number): AnalysisResult['beats'] {
  const first = beats.timeS.findIndex((timeS) => timeS > lastS + BORDER_BEAT_S);
  const from = first < 0 ? beats.timeS.length : first;
  return {
    timeS: beats.timeS.slice(from),
    beatClass: beats.beatClass.slice(from),
    confidence: beats.confidence.slice(from),
    attention: beats.attention.slice(from),
  };
}

/** Quality with the seconds of a span as they were seen there. */
function withSpan(
  known: QualityColumns | undefined,
  seen: QualityColumns | undefined,
  { startS, endS }: TimeSpan,
): QualityColumns | undefined {
  if (!known || !seen) return known ?? seen;
  const level = known.level.slice();
  known.leads.forEach(({ index }, row) => {
    const from = seen.leads.findIndex((lead) => lead.index === index) * seen.seconds;
    if (from < 0) return;
    const span = seen.level.subarray(from + startS, from + Math.ceil(endS));
    level.set(span, row * known.seconds + startS);
  });
  return { ...known, level };
}
