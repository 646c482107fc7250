import type { BeatsOfFamilies } from '../../../shared/domain';
import type { Families } from './families-of';

/** Times of the beats that are named by their families, seconds, ascending; none of a family that is gone. */
export function timesOfFamilies(
  { families, members }: Pick<Families, 'families' | 'members'>,
  { families: ids, which, outS }: BeatsOfFamilies,
): number[] {
  const wanted = new Set(ids);
  const isWanted = families.map(({ id }) => wanted.has(id));
  const out = new Set(outS);
  const times: number[] = [];
  members.family.forEach((family, i) => {
    if (isWanted[family] !== true) return;
    if (which === 'proposed' && members.proposed[i] !== 1) return;
    const timeS = members.timeS[i]!;
    if (which === 'all' || out.has(timeS) === (which === 'out')) times.push(timeS);
  });
  return times;
}
