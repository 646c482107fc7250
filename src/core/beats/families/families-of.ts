import { BEAT_CLASSES, type BeatFamily, type FamilyMembers } from '../../../shared/domain';
import { beatIndices } from './beat-indices';
import type { ProgramForms } from './find-forms';
import { familyNames, type NamedFamily } from './family-names';
import { meansOfFamilies, type FamilyMeans } from './family-means';
import { evenly } from './evenly';
import { judgeAgain, type Proposal } from './judge-again';
import { shapesInUv } from './shapes-in-uv';

/** Members of a family that are laid over one another. */
const LAID_OVER = 60;
/** Families that are said to be like another, at most. */
const MOST_ALIKE = 4;
/** Beats in a row further apart than this are not one rhythm, seconds. */
const LONGEST_RR_S = 3;

/** An act of a reader that makes one form of beats, in the order in which they were made. */
export interface FormAct {
  readonly timesS: readonly number[];
  /** Name of the form that they make, unlike that of any other. */
  readonly form: string;
}

export interface FamiliesInput {
  readonly program: {
    /** R peaks that the program found, in time order. */
    readonly timeS: Float64Array;
    readonly forms: ProgramForms;
    /** Probability of the class that the program gives to each beat, [beats]; absent where it is not known. */
    readonly confidence?: Float32Array | undefined;
  };
  /** The beats that count, as the reader left them; see `BeatRows` of the findings. */
  readonly beats: {
    readonly timeS: Float64Array;
    readonly beatClass: Uint8Array;
    readonly follows: Uint8Array;
    readonly handAt?: Uint32Array | undefined;
  };
  readonly acts: readonly FormAct[];
}

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

interface Group extends NamedFamily {
  readonly id: string;
  readonly members: number[];
}

/**
 * Beats by form and class. A beat has the form that the program found, or the one that a reader put it in, and the class
 * that the reader left it; together they are its family. One that the program did not find is unlike any other.
 */
export function familiesOf({ program, beats, acts }: FamiliesInput): Families {
  const { forms } = program;
  const total = beats.timeS.length;
  const programBeat = beatIndices(program.timeS, beats.timeS);
  const groups = groupsOf(forms, programBeat, beats, acts);
  const names = familyNames(groups, forms);
  const order = [...groups.keys()].sort((a, b) => bySize(groups[a]!, groups[b]!));
  const sorted = order.map((at) => groups[at]!);
  const means = meansOfFamilies(forms.shapes, sorted, programBeat);

  const family = new Uint16Array(total);
  const likeness = new Float32Array(total);
  sorted.forEach(({ members, isWhole, alone }, k) => {
    for (const beat of members) {
      family[beat] = k;
      const own = programBeat[beat]!;
      if (alone || own < 0) continue;
      likeness[beat] = isWhole ? forms.likeness[own]! : means.likeness(own, k);
    }
  });
  const proposals = judgedAgain({ program, beats }, sorted, programBeat, means);
  const proposed = new Uint8Array(total);
  for (const proposal of proposals) for (const beat of proposal?.beats ?? []) proposed[beat] = 1;
  const shown = sorted.map(({ members }) =>
    evenly(members.length, LAID_OVER).map((i) => programBeat[members[i]!]!),
  );
  let end = 0;
  return {
    families: sorted.map((group, k) => ({
      id: group.id,
      name: names[order[k]!]!,
      beatClass: BEAT_CLASSES[group.beatClass]!,
      alone: group.alone,
      beats: group.members.length,
      share: group.members.length / total,
      seen: countSeen(group.members, beats.handAt),
      firstS: beats.timeS[group.members[0]!]!,
      lastS: beats.timeS[group.members.at(-1)!]!,
      rrBeforeMs: medianRrMs(beats, group.members),
      alike: means.alike(k, MOST_ALIKE).map(({ other, likeness: value }) => ({
        id: sorted[other]!.id,
        likeness: value,
      })),
      ...said(proposals[k], sorted),
    })),
    members: {
      timeS: beats.timeS.slice(),
      family,
      likeness,
      proposed,
      byHand: Uint8Array.from({ length: total }, (_, i) => ((beats.handAt?.[i] ?? 0) > 0 ? 1 : 0)),
    },
    meansUv: means.uv,
    shapesUv: shapesInUv(forms.shapes, shown.flat()),
    shapesEnd: Uint32Array.from(shown, (list) => (end += list.length)),
    usualRrMs: medianRrMs(beats, indicesOf(beats.beatClass, BEAT_CLASSES.indexOf('N'))),
  };
}

/** What the settled families say of the rest; nothing where none is. */
function judgedAgain(
  { program, beats }: Pick<FamiliesInput, 'program' | 'beats'>,
  families: readonly Group[],
  programBeat: Int32Array,
  means: FamilyMeans,
): (Proposal | null)[] {
  const { handAt, timeS, follows } = beats;
  if (!handAt?.some((at) => at > 0)) return [];
  const { forms, confidence } = program;
  return judgeAgain({
    ...{ ...forms, confidence, programBeat, timeS, follows, handAt, families },
    alike: (family) => means.alike(family, families.length),
  });
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

function groupsOf(
  forms: ProgramForms,
  programBeat: Int32Array,
  beats: FamiliesInput['beats'],
  acts: readonly FormAct[],
): Group[] {
  const made = formsByHand(beats.timeS, acts);
  const groups = new Map<string, Group>();
  const ofForm = formSizes(forms);
  for (let beat = 0; beat < beats.timeS.length; beat++) {
    const code = beats.beatClass[beat]!;
    const own = programBeat[beat]!;
    const byHand = made[beat];
    const form = own < 0 ? -1 : forms.form[own]!;
    const alone = byHand === undefined && (form < 0 || forms.alone[form] === 1);
    const id = `${alone ? 'alone' : (byHand ?? form)}/${BEAT_CLASSES[code]}`;
    let group = groups.get(id);
    if (!group) {
      const since = beats.handAt?.[beat] ?? 0;
      group = {
        id,
        beatClass: code,
        form: byHand === undefined ? form : -1,
        alone,
        since,
        isWhole: false,
        members: [],
      };
      groups.set(id, group);
    }
    group.members.push(beat);
  }
  for (const group of groups.values()) {
    group.isWhole = group.form >= 0 && group.members.length === ofForm[group.form];
  }
  return [...groups.values()];
}

/** The form that a reader put each beat in last, where they did. */
function formsByHand(timeS: Float64Array, acts: readonly FormAct[]): (string | undefined)[] {
  const made: (string | undefined)[] = [];
  for (const { timesS, form } of acts) {
    for (const beat of beatIndices(timeS, Float64Array.from(timesS).sort())) {
      if (beat >= 0) made[beat] = form;
    }
  }
  return made;
}

function formSizes({ form, formClass }: ProgramForms): Uint32Array {
  const sizes = new Uint32Array(formClass.length);
  for (const own of form) sizes[own]!++;
  return sizes;
}

function bySize(one: Group, other: Group): number {
  return (
    Number(one.alone) - Number(other.alone) ||
    other.members.length - one.members.length ||
    one.members[0]! - other.members[0]!
  );
}

function countSeen(members: readonly number[], handAt: Uint32Array | undefined): number {
  if (!handAt) return 0;
  return members.reduce((count, beat) => count + (handAt[beat]! > 0 ? 1 : 0), 0);
}

function indicesOf(beatClass: Uint8Array, code: number): number[] {
  const indices: number[] = [];
  beatClass.forEach((own, i) => {
    if (own === code) indices.push(i);
  });
  return indices;
}

/** Median interval from the beat before, of those beats that follow one. */
function medianRrMs(
  { timeS, follows }: FamiliesInput['beats'],
  members: readonly number[],
): number | null {
  const rr: number[] = [];
  for (const beat of members) {
    if (follows[beat] !== 1) continue;
    const length = timeS[beat]! - timeS[beat - 1]!;
    if (length <= LONGEST_RR_S) rr.push(length);
  }
  if (rr.length === 0) return null;
  return 1000 * Float64Array.from(rr).sort()[rr.length >> 1]!;
}
