// Apart from the schema, so that the viewer's bundle has no need of the schema library for it.
import type { Teaching } from './teaching';
import type { Words } from '../words';

/** Share of unlike beats from which it is said: of people that the networks learned from, the others' forms leave 2 %. */
const UNLIKE_SAID = 0.05;

export type TeachingReason = 'borderline' | 'unlike' | 'differing';

/** Why reading a recording would teach something, in the order in which it is said. */
export function teachingReasons({ borderline, unlike, differing }: Teaching): TeachingReason[] {
  const reasons: TeachingReason[] = [];
  if (borderline > 0) reasons.push('borderline');
  if (unlike && unlike.beats > UNLIKE_SAID * unlike.of) reasons.push('unlike');
  if (differing && differing.segments > 0) reasons.push('differing');
  return reasons;
}

/** The reasons in words, as in `17 borderline stretches; the two models differ in 40 segments`; empty for none. */
export function teachingText(teaching: Teaching, { say, number }: Words): string {
  const { borderline, unlike, differing } = teaching;
  const texts: Readonly<Record<TeachingReason, () => string>> = {
    borderline: () => say('teaching.borderline', { n: borderline }),
    unlike: () =>
      say('teaching.unlike', { share: `${number((100 * unlike!.beats) / unlike!.of, 0)}\u2009%` }),
    differing: () => say('teaching.differing', { n: differing!.segments }),
  };
  return teachingReasons(teaching)
    .map((reason) => texts[reason]())
    .join('; ');
}
