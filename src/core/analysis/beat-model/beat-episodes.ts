import type { RhythmEpisode } from '../../../shared/domain';
import { isStrip } from '../../../shared/domain/strip';

/** Beats on each side that a beat's probability is averaged over. */
const SMOOTHING_BEATS = 8;
/** Fibrillation begins above the first and ends below the second. */
const ENTER = 0.6;
const LEAVE = 0.4;
/** The convention for an episode of fibrillation (ESC guidelines on AF, 2020 and 2024); what is shorter is named with its length. */
export const EPISODE_S = 30;
/** Nothing is said of what is shorter, and of less than 30 s only where it is as sure as this. */
const BRIEF = { shortestS: 8, mean: 0.75 } as const;
/** A strip has one rhythm, told by the mean over its beats where the card does not say from which on. */
const STRIP = { mean: 0.5, fewestBeats: 6, shortestS: 8 } as const;
/** A gap this long between beats ends an episode: nothing is known of it. */
const LONGEST_GAP_S = 10;

/** Takes beats in order, as they come, and gives back the episodes that have ended. */
export interface EpisodeFinder {
  push(timeS: Float64Array, probability: Float32Array): RhythmEpisode[];
  /** The episode that lasts to the end of the recording, if any. */
  finish(): RhythmEpisode[];
}

/**
 * Joins the fibrillation probability of beats into episodes. A strip fibrillates from its beginning to its end or not
 * at all; in longer recordings the probability is smoothed over 17 beats, with hysteresis, and what lasts less than 8 s
 * is nothing. Holds no more than the smoothing needs.
 * @param durationS of the recording
 * @param stripMean mean probability from which a strip fibrillates
 */
export function createEpisodeFinder(durationS: number, stripMean?: number): EpisodeFinder {
  return isStrip(durationS) ? createStripFinder(durationS, stripMean) : createLongFinder();
}

function createStripFinder(durationS: number, stripMean: number = STRIP.mean): EpisodeFinder {
  const values: number[] = [];
  return {
    push(_timeS, probability) {
      values.push(...probability);
      return [];
    },
    finish() {
      if (values.length < STRIP.fewestBeats || durationS < STRIP.shortestS) return [];
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return mean >= stripMean
        ? [{ startS: 0, endS: durationS, rhythm: '(AFIB', probability: mean }]
        : [];
    },
  };
}

function createLongFinder(): EpisodeFinder {
  const times: number[] = [];
  const values: number[] = [];
  /** Number of leading entries of `times` that have been decided. */
  let decided = 0;
  let open: { startS: number; endS: number; sum: number; beats: number } | null = null;

  function close(found: RhythmEpisode[]): void {
    if (open) {
      const { startS, endS } = open;
      const probability = open.sum / open.beats;
      const isBrief = endS - startS < EPISODE_S;
      if (!isBrief || (endS - startS >= BRIEF.shortestS && probability >= BRIEF.mean))
        found.push({ startS, endS, rhythm: '(AFIB', probability });
    }
    open = null;
  }

  function decide(end: number, found: RhythmEpisode[]): void {
    for (; decided < end; decided++) {
      const from = Math.max(0, decided - SMOOTHING_BEATS);
      const to = Math.min(values.length, decided + SMOOTHING_BEATS + 1);
      let sum = 0;
      for (let i = from; i < to; i++) sum += values[i]!;
      const mean = sum / (to - from);
      const timeS = times[decided]!;
      if (open && timeS - open.endS > LONGEST_GAP_S) close(found);
      if (mean >= (open ? LEAVE : ENTER)) {
        open ??= { startS: timeS, endS: timeS, sum: 0, beats: 0 };
        open.endS = timeS;
        open.sum += mean;
        open.beats++;
      } else close(found);
    }
    const spent = Math.max(0, decided - SMOOTHING_BEATS);
    times.splice(0, spent);
    values.splice(0, spent);
    decided -= spent;
  }

  return {
    push(timeS, probability) {
      const found: RhythmEpisode[] = [];
      times.push(...timeS);
      values.push(...probability);
      decide(Math.max(decided, times.length - SMOOTHING_BEATS), found);
      return found;
    },
    finish() {
      const found: RhythmEpisode[] = [];
      decide(times.length, found);
      close(found);
      return found;
    },
  };
}

/** The episodes of a stretch as a whole. */
export function episodesOf(
  timeS: Float64Array,
  probability: Float32Array,
  durationS: number,
  stripMean?: number,
): RhythmEpisode[] {
  const finder = createEpisodeFinder(durationS, stripMean);
  return [...finder.push(timeS, probability), ...finder.finish()];
}

/** Each beat's probability averaged over 17 beats, [beats]. */
export function smoothed(probability: Float32Array): Float32Array {
  return probability.map((_, i) => {
    const from = Math.max(0, i - SMOOTHING_BEATS);
    const near = probability.subarray(from, i + SMOOTHING_BEATS + 1);
    return near.reduce((sum, value) => sum + value, 0) / near.length;
  });
}
