import type { RhythmEpisode } from '../../../shared/domain';

/** Beats on each side that a beat's probability is averaged over. */
const SMOOTHING_BEATS = 8;
/** Fibrillation begins above the first and ends below the second. */
const ENTER = 0.6;
const LEAVE = 0.4;
/** Shorter ones are not reported: 30 s is the convention for an episode (ESC guidelines on AF, 2020 and 2024). */
const SHORTEST_S = 30;
/** A gap this long between beats ends an episode: nothing is known of it. */
const LONGEST_GAP_S = 10;

/** Takes beats in order, as they come, and gives back the episodes that have ended. */
export interface EpisodeFinder {
  push(timeS: Float64Array, probability: Float32Array): RhythmEpisode[];
  /** The episode that lasts to the end of the recording, if any. */
  finish(): RhythmEpisode[];
}

/**
 * Joins the fibrillation probability of beats into episodes: smoothed over 17 beats, with hysteresis, of 30 s or
 * more. Holds no more than the smoothing needs.
 */
export function createEpisodeFinder(): EpisodeFinder {
  const times: number[] = [];
  const values: number[] = [];
  /** Number of leading entries of `times` that have been decided. */
  let decided = 0;
  let open: { startS: number; endS: number; sum: number; beats: number } | null = null;

  function close(found: RhythmEpisode[]): void {
    if (open && open.endS - open.startS >= SHORTEST_S) {
      found.push({
        startS: open.startS,
        endS: open.endS,
        rhythm: '(AFIB',
        probability: open.sum / open.beats,
      });
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
