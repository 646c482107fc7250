import type { Finding, Judged, Segment } from '../../shared/domain';
import { secondsIn } from './time-spans';

/** Rhythm of most of a recording, and how likely fibrillation is in it. */
export interface MainRhythm {
  /**
   * `af`, `irregular-rhythm` or `paced` where one takes half of the time; else `none-of-these`, or `not-judged` where the
   * model does not look for rhythm or nothing could be read.
   */
  readonly name: 'af' | 'irregular-rhythm' | 'paced' | 'none-of-these' | 'not-judged';
  /** Mean over the segments that say, 0 to 1; null where the model does not look for it. */
  readonly afProbability: number | null;
}

export function mainRhythm(
  {
    findings,
    counts,
    analysableS,
  }: {
    readonly findings: readonly Finding[];
    readonly counts: { readonly judged: Judged };
    readonly analysableS: number;
  },
  segments: readonly Pick<Segment, 'af'>[],
): MainRhythm {
  const held = findings.filter(({ state }) => state !== 'rejected');
  const name = (['af', 'irregular-rhythm', 'paced'] as const).find((kind) => {
    const lastsS = secondsIn(held.filter((finding) => finding.kind === kind));
    return lastsS > 0 && lastsS >= analysableS / 2;
  });
  const said = segments.flatMap(({ af }) => (af === undefined ? [] : [af]));
  const sum = said.reduce((total, af) => total + af, 0);
  return {
    name: name ?? (counts.judged.beats ? 'none-of-these' : 'not-judged'),
    afProbability: said.length > 0 ? sum / said.length : null,
  };
}
