import type { BeatFamily } from '../../shared/domain';

export type FamilyOrder = 'size' | 'time' | 'unseen';

export const isSeen = ({ seen, beats }: BeatFamily): boolean => seen >= beats;

/** Families in the order in which they are shown; `bySize` is the order that they come in. */
export function ordered(bySize: readonly BeatFamily[], order: FamilyOrder): BeatFamily[] {
  switch (order) {
    case 'time':
      return [...bySize].sort((a, b) => a.firstS - b.firstS);
    case 'unseen':
      return [...bySize].sort((a, b) => Number(isSeen(a)) - Number(isSeen(b)));
    default:
      return [...bySize];
  }
}
