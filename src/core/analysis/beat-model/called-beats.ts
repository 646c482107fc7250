import { isStrip } from '../../../shared/domain/strip';
import { beatClassOf, saysNothing, type BeatAnswers } from './beat-answers';
import type { BeatPlan } from './beat-plan';
import type { StretchBeats } from './beat-stretch';
import { strictBeats } from './strict-beats';
import { voteByForm } from './vote-by-form';

/** What each beat of a stretch is called, [beats]. */
export interface CalledBeats {
  /** Index into the classes of the card. */
  readonly beatClass: Uint8Array;
  /** Probability of that class, 0 to 1; of Q, where the network was not sure enough, of the likeliest other. */
  readonly confidence: Float32Array;
}

/** The network's class of each beat after the vote of its form, as strictly as the recording's length asks. */
export function callBeats(
  tokens: StretchBeats,
  answers: Pick<BeatAnswers, 'classes'>,
  { parameters, durationS }: Pick<BeatPlan, 'parameters' | 'durationS'>,
): CalledBeats {
  const { classes: names, strip } = parameters;
  const byForm = voteByForm(answers.classes, names, tokens.forms);
  const classes =
    strip && isStrip(durationS) ? strictBeats(byForm, names, strip.shiftLogit) : byForm;
  const beats = tokens.timeS.length;
  const called = { beatClass: new Uint8Array(beats), confidence: new Float32Array(beats) };
  for (let beat = 0; beat < beats; beat++) {
    // AAMI counts paced beats as Q (EC57); so are those that cannot be told.
    const own = saysNothing(tokens, beat)
      ? { beatClass: names.length - 1, confidence: tokens.paced[beat]! }
      : beatClassOf({ classes }, beat, parameters);
    called.beatClass[beat] = own.beatClass;
    called.confidence[beat] = own.confidence;
  }
  return called;
}
