import type { RhythmEpisode } from '../../../shared/domain';
import { isStrip } from '../../../shared/domain/strip';
import type { BeatParameters } from './beat-parameters';
import { isSinusInstead } from './sinus-instead';
import { stripRhythm } from './strip-rhythm';

/** Beats on each side that a beat's probability is averaged over. */
const SMOOTHING_BEATS = 8;
/** Fibrillation begins above the first and ends below the second. */
const ENTER = 0.6;
const LEAVE = 0.4;
/** The convention for an episode of fibrillation (ESC guidelines on AF, 2020 and 2024); what is shorter is named with its length. */
export const EPISODE_S = 30;
/** Nothing is said of what is shorter, and of less than 30 s only where it is as sure as this. */
const BRIEF = { shortestS: 8, mean: 0.75 } as const;
/** A gap this long between beats ends an episode: nothing is known of it. */
const LONGEST_GAP_S = 10;

/** Beats that some lead shows, each array [beats]. */
export interface RhythmBeats {
  readonly timeS: Float64Array;
  /** Of fibrillation. */
  readonly probability: Float32Array;
  /** How like the dominant one each P wave is (`pLikeness`). */
  readonly pLikeness: Float32Array;
  /** What the network of strips says of a strip (`askStrip`); null where it was not asked. */
  readonly stripLogit: number | null;
}

/**
 * Takes beats in order, as they come, and gives back the episodes that have ended: of fibrillation, (AFIB, and of what the
 * network takes for it and is sinus rhythm, (N. Strips have too few beats to tell.
 */
export interface EpisodeFinder {
  push(beats: RhythmBeats): RhythmEpisode[];
  /** The episode that lasts to the end of the recording, if any. */
  finish(): RhythmEpisode[];
}

/**
 * Joins the fibrillation probability of beats into episodes. A strip fibrillates from its beginning to its end or not
 * at all; in longer recordings the probability is smoothed over 17 beats, with hysteresis, and what lasts less than 8 s
 * is nothing. Holds no more than the smoothing needs and the beats of the episode that is open.
 * @param durationS of the recording
 * @param strip what the card says of strips
 */
export function createEpisodeFinder(
  durationS: number,
  strip?: BeatParameters['strip'],
): EpisodeFinder {
  return isStrip(durationS) ? createStripFinder(durationS, strip) : createLongFinder();
}

function createStripFinder(durationS: number, strip: BeatParameters['strip']): EpisodeFinder {
  const values: number[] = [];
  let logit: number | null = null;
  return {
    push({ probability, stripLogit }) {
      values.push(...probability);
      logit ??= stripLogit;
      return [];
    },
    finish() {
      const told = stripRhythm(values, logit, durationS, strip);
      if (!told?.isFibrillating) return [];
      const { probability } = told;
      return [{ startS: 0, endS: durationS, rhythm: '(AFIB', probability }];
    },
  };
}

function createLongFinder(): EpisodeFinder {
  const times: number[] = [];
  const values: number[] = [];
  const likeness: number[] = [];
  /** Number of leading entries of `times` that have been decided. */
  let decided = 0;
  let open: { endS: number; sum: number; timeS: number[]; pLikeness: number[] } | null = null;

  function close(found: RhythmEpisode[]): void {
    if (open) {
      const { timeS, endS } = open;
      const startS = timeS[0]!;
      const probability = open.sum / timeS.length;
      const isBrief = endS - startS < EPISODE_S;
      if (!isBrief || (endS - startS >= BRIEF.shortestS && probability >= BRIEF.mean)) {
        const rhythm = isSinusInstead(open, probability) ? '(N' : '(AFIB';
        found.push({ startS, endS, rhythm, probability });
      }
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
        open ??= { endS: timeS, sum: 0, timeS: [], pLikeness: [] };
        open.endS = timeS;
        open.sum += mean;
        open.timeS.push(timeS);
        open.pLikeness.push(likeness[decided]!);
      } else close(found);
    }
    const spent = Math.max(0, decided - SMOOTHING_BEATS);
    times.splice(0, spent);
    values.splice(0, spent);
    likeness.splice(0, spent);
    decided -= spent;
  }

  return {
    push({ timeS, probability, pLikeness }) {
      const found: RhythmEpisode[] = [];
      times.push(...timeS);
      values.push(...probability);
      likeness.push(...pLikeness);
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
  beats: RhythmBeats,
  durationS: number,
  strip?: BeatParameters['strip'],
): RhythmEpisode[] {
  const finder = createEpisodeFinder(durationS, strip);
  return [...finder.push(beats), ...finder.finish()];
}

/** Each beat's probability averaged over 17 beats, [beats]. */
export function smoothed(probability: Float32Array): Float32Array {
  return probability.map((_, i) => {
    const from = Math.max(0, i - SMOOTHING_BEATS);
    const near = probability.subarray(from, i + SMOOTHING_BEATS + 1);
    return near.reduce((sum, value) => sum + value, 0) / near.length;
  });
}
