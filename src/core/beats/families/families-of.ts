import { BEAT_CLASSES, type BeatFamily, type FamilyMembers } from '../../../shared/domain';
import type { FamiliesInput } from './families-input';
import { familyNames } from './family-names';
import { groupBeats, type Group, type GroupedBeats } from './group-beats';
import { judgeAgain, type Proposal } from './judge-again';

/** Families that are said to be like another, at most. */
const MOST_ALIKE = 4;

/** Families of beats: the largest first, those that are unlike any other at the end. */
export interface Families {
  readonly families: readonly BeatFamily[];
  readonly members: FamilyMembers;
  /** Mean of each family in microvolts, [families, leads, samples]; missing where it has none. */
  readonly meansUv: Int16Array<ArrayBuffer>;
  /** Shapes to lay over one another, family after family, [shapes, leads, samples]. */
  readonly shapesUv: Int16Array<ArrayBuffer>;
  /** Where the shapes of each family end, [families]. */
  readonly shapesEnd: Uint32Array<ArrayBuffer>;
  /** Median interval between two normal beats, milliseconds. */
  readonly usualRrMs: number | null;
}

/** Beats by form and class; see `groupBeats`. */
export function familiesOf(input: FamiliesInput): Families {
  return familiesFrom(groupBeats(input), input);
}

/** What of families changes with what a reader saw: their names, what of them was seen, and what is proposed. */
export function familiesFrom(
  grouped: GroupedBeats,
  { program, beats }: Pick<FamiliesInput, 'program' | 'beats'>,
): Families {
  const { groups, order, means, programBeat } = grouped;
  const { handAt } = beats;
  const total = beats.timeS.length;
  const named = groups.map((group) => ({ ...group, since: handAt?.[group.members[0]!] ?? 0 }));
  const names = familyNames(named, program.forms);
  const sorted = order.map((at) => groups[at]!);
  const proposals = handAt?.some((at) => at > 0)
    ? judgeAgain({
        ...{ ...program.forms, confidence: program.confidence, programBeat, handAt },
        ...{ timeS: beats.timeS, follows: beats.follows, families: sorted },
        rhythms: grouped.rhythms,
        alike: (family) => means.alike(family, sorted.length),
      })
    : [];
  const proposed = new Uint8Array(total);
  for (const proposal of proposals) for (const beat of proposal?.beats ?? []) proposed[beat] = 1;
  return {
    families: sorted.map((group, k) => ({
      id: group.id,
      name: names[order[k]!]!,
      beatClass: BEAT_CLASSES[group.beatClass]!,
      alone: group.alone,
      beats: group.members.length,
      share: group.members.length / total,
      seen: countSeen(group.members, handAt),
      firstS: beats.timeS[group.members[0]!]!,
      lastS: beats.timeS[group.members.at(-1)!]!,
      rrBeforeMs: grouped.rrBeforeMs[k]!,
      alike: means.alike(k, MOST_ALIKE).map(({ other, likeness: value }) => ({
        id: sorted[other]!.id,
        likeness: value,
      })),
      ...said(proposals[k], sorted),
    })),
    members: {
      timeS: beats.timeS.slice(),
      family: grouped.family,
      likeness: grouped.likeness,
      proposed,
      byHand: Uint8Array.from(handAt ?? new Uint32Array(total), (at) => (at > 0 ? 1 : 0)),
    },
    meansUv: means.uv,
    shapesUv: grouped.shapesUv,
    shapesEnd: grouped.shapesEnd,
    usualRrMs: grouped.usualRrMs,
  };
}

function said(
  proposal: Proposal | null | undefined,
  families: readonly Group[],
): Pick<BeatFamily, 'proposal'> {
  if (!proposal) return {};
  const { of, beatClass, likeness, beats } = proposal;
  const letter = BEAT_CLASSES[beatClass]!;
  return {
    proposal: { of: families[of]!.id, beatClass: letter, likeness, beats: beats.length },
  };
}

function countSeen(members: readonly number[], handAt: Uint32Array | undefined): number {
  if (!handAt) return 0;
  return members.reduce((count, beat) => count + (handAt[beat]! > 0 ? 1 : 0), 0);
}
