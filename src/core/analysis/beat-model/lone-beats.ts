import { isStrip } from '../../../shared/domain/strip';
import { beatsIn } from '../beats-in';
import type { SegmentWindow } from '../types';
import { logistic, poolSegment, type BeatAnswers } from './beat-answers';
import type { BeatPlan } from './beat-plan';
import type { StretchBeats } from './beat-stretch';
import type { CalledBeats } from './called-beats';

/** A strip whose beats were called, and the segments that it is cut into. */
interface CalledStrip {
  readonly tokens: Pick<StretchBeats, 'timeS' | 'seen'>;
  readonly answers: BeatAnswers;
  readonly called: CalledBeats;
  readonly windows: readonly Pick<SegmentWindow, 'startS' | 'endS'>[];
}

/**
 * In a strip a single beat called V stands only where the network flags a segment that holds it; elsewhere it is Q, since
 * it cannot be told. Such beats alone flagged 59 of the 3,258 strips of CinC 2017 that are labelled normal and 16 of the
 * 1,566 with another rhythm: they say nothing. Of 173 excerpts of MIT-BIH DS1 of 10 and 30 s with ventricular beats 2 are
 * flagged for them alone, none of those of PTB-XL and LUDB. Couplets and runs stand everywhere.
 * @param threshold of the segments
 */
export function withoutLoneV(
  { tokens: { timeS, seen }, answers, called, windows }: CalledStrip,
  { parameters, durationS, task }: Pick<BeatPlan, 'parameters' | 'durationS' | 'task'>,
  threshold: number,
): CalledBeats {
  if (!parameters.strip || !isStrip(durationS)) return called;
  const { classes } = parameters;
  const ventricular = classes.indexOf('V');
  const stands = new Uint8Array(timeS.length);
  for (const { startS, endS } of windows) {
    const [first, end] = beatsIn(timeS, startS, endS);
    if (!seen.subarray(first, end).includes(1)) continue;
    const probability = logistic(poolSegment(answers, first, end, task).marginLogit);
    if (probability >= threshold) stands.fill(1, first, end);
  }
  const beatClass = called.beatClass.map((own, beat) => {
    const isLone =
      called.beatClass[beat - 1] !== ventricular && called.beatClass[beat + 1] !== ventricular;
    return own === ventricular && isLone && !stands[beat] ? classes.length - 1 : own;
  });
  return { ...called, beatClass };
}
