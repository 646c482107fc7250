// Apart from the schemas, so that the viewer's bundle has no need of the schema library for them.
import type { Segment } from './analysis';

type Judged = Pick<Segment, 'verdict' | 'refer'>;

/** Flagged: a reader has to look at it. */
export function isFlagged({ verdict }: Pick<Segment, 'verdict'>): boolean {
  return verdict === 'Abnormal';
}

/**
 * Borderline: in the model's refer band and not flagged, neither by the network nor by a rule. Flagged and borderline
 * segments together are what a reader walks; none is both.
 */
export function isBorderline({ verdict, refer }: Judged): boolean {
  return verdict === 'Normal' && refer;
}
