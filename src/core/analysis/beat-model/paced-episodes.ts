import type { RhythmEpisode } from '../../../shared/domain';

/** A pacemaker that pauses for longer than this leaves the heart its own rhythm; fewer beats than this are none. */
const LONGEST_GAP_S = 10;
const FEWEST_BEATS = 5;

/** Takes beats in order and gives back the stretches of paced rhythm that have ended. */
export interface PacedFinder {
  push(timeS: Float64Array, paced: Uint8Array): RhythmEpisode[];
  /** The one that lasts to the end of the recording, if any. */
  finish(): RhythmEpisode[];
}

/** Joins paced beats that are no more than 10 s apart into stretches of paced rhythm, `(P` as WFDB writes it. */
export function createPacedFinder(): PacedFinder {
  let open: { startS: number; endS: number; beats: number } | null = null;
  const close = (): RhythmEpisode[] => {
    const ended = open;
    open = null;
    if (!ended || ended.beats < FEWEST_BEATS) return [];
    return [{ startS: ended.startS, endS: ended.endS, rhythm: '(P', probability: null }];
  };
  return {
    push(timeS, paced) {
      const found: RhythmEpisode[] = [];
      timeS.forEach((time, beat) => {
        if (!paced[beat]) return;
        if (open && time - open.endS > LONGEST_GAP_S) found.push(...close());
        open ??= { startS: time, endS: time, beats: 0 };
        open.endS = time;
        open.beats++;
      });
      return found;
    },
    finish: close,
  };
}
