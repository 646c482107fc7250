import {
  lowerBound,
  type BeatRows,
  type Finding,
  type FindingThresholds,
  type RhythmEpisode,
  type TimeSpan,
} from '../../shared/domain';
import { foundBeats, type Found } from './found';

/** Rhythms that are atrial fibrillation or flutter, as WFDB writes them. */
export function isFibrillation(rhythm: string): boolean {
  return /^\((AFIB|AFL)/.test(rhythm);
}

/**
 * Atrial fibrillation or flutter from `afS` on; what is shorter is an irregular rhythm, named with its length and never
 * as a share of the time. Paced rhythm is named as well.
 */
export function rhythms(
  rows: BeatRows,
  episodes: readonly RhythmEpisode[],
  { afS }: FindingThresholds,
): Found[] {
  const found: Found[] = [];
  for (const episode of episodes) {
    const { startS, endS, rhythm, probability } = episode;
    const kind = isFibrillation(rhythm)
      ? endS - startS >= afS
        ? 'af'
        : 'irregular-rhythm'
      : rhythm.startsWith('(P') && !rhythm.startsWith('(PREX')
        ? 'paced'
        : null;
    if (kind) found.push({ kind, startS, endS, ...beatsIn(rows, episode), probability });
  }
  return found;
}

/** Episodes as they may be reported: without fibrillation that is too short or that the reader rejected. */
export function reportedEpisodes(
  episodes: readonly RhythmEpisode[],
  findings: readonly Finding[],
): RhythmEpisode[] {
  const af = findings.filter(({ kind, state }) => kind === 'af' && state !== 'rejected');
  return episodes.filter(
    ({ rhythm, startS, endS }) =>
      !isFibrillation(rhythm) || af.some((one) => one.startS === startS && one.endS === endS),
  );
}

function beatsIn(rows: BeatRows, { startS, endS }: TimeSpan): Pick<Found, 'beats' | 'rateBpm'> {
  const first = lowerBound(rows.timeS, startS);
  let last = lowerBound(rows.timeS, endS);
  if (rows.timeS[last] !== endS) last--;
  if (last < first) return { beats: 0, rateBpm: null };
  const { beats, rateBpm } = foundBeats('af', rows, first, last);
  return { beats, rateBpm };
}
