import { BEAT_CLASSES } from '../../../shared/domain';
import { upperMedian } from '../../../shared/domain/order-statistics';
import { beatIndices } from './beat-indices';
import { evenly } from './evenly';
import type { FamiliesInput, FormAct } from './families-input';
import { meansOfFamilies, type FamilyMeans } from './family-means';
import type { NamedFamily } from './family-names';
import type { ProgramForms } from './find-forms';
import { rhythmsOf, type Rhythms } from './like-examples';
import { shapesInUv } from './shapes-in-uv';

/** Members of a family that are laid over one another. */
const LAID_OVER = 60;
/** Beats in a row further apart than this are not one rhythm, seconds. */
const LONGEST_RR_S = 3;

export interface Group extends Omit<NamedFamily, 'since'> {
  readonly id: string;
  /** Indices of beats in time order. */
  readonly members: readonly number[];
}

/** What of families stays as long as no beat changes its class or its place, whatever a reader saw of them. */
export interface GroupedBeats {
  /** In the order of their first beats. */
  readonly groups: readonly Group[];
  /** Indices into `groups`: the largest first, those that are unlike any other at the end. The rest is in this order. */
  readonly order: readonly number[];
  /** Index of each beat among the program's, -1 for one that it did not find, [beats]. */
  readonly programBeat: Int32Array;
  readonly family: Uint16Array<ArrayBuffer>;
  readonly likeness: Float32Array<ArrayBuffer>;
  readonly means: FamilyMeans;
  readonly rrBeforeMs: readonly (number | null)[];
  readonly usualRrMs: number | null;
  readonly shapesUv: Int16Array<ArrayBuffer>;
  readonly shapesEnd: Uint32Array<ArrayBuffer>;
  /** Made when they are first asked for. */
  readonly rhythms: () => Rhythms;
}

/**
 * Beats by form and class. A beat has the form that the program found, or the one that a reader put it in, and the class
 * that the reader left it; together they are its family. One that the program did not find is unlike any other.
 */
export function groupBeats({ program, beats, acts }: FamiliesInput): GroupedBeats {
  const { forms } = program;
  const total = beats.timeS.length;
  const programBeat = beatIndices(program.timeS, beats.timeS);
  const groups = groupsOf(forms, programBeat, beats, acts);
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
  const shown = sorted.map(({ members }) =>
    evenly(members.length, LAID_OVER).map((i) => programBeat[members[i]!]!),
  );
  let end = 0;
  let rhythms: Rhythms | null = null;
  return {
    ...{ groups, order, programBeat, family, likeness, means },
    rrBeforeMs: sorted.map(({ members }) => medianRrMs(beats, members)),
    usualRrMs: medianRrMs(beats, indicesOf(beats.beatClass, BEAT_CLASSES.indexOf('N'))),
    shapesUv: shapesInUv(forms.shapes, shown.flat()),
    shapesEnd: Uint32Array.from(shown, (list) => (end += list.length)),
    rhythms: () => (rhythms ??= rhythmsOf(beats)),
  };
}

type Growing = Omit<Group, 'members'> & { readonly members: number[] };

function groupsOf(
  forms: ProgramForms,
  programBeat: Int32Array,
  beats: FamiliesInput['beats'],
  acts: readonly FormAct[],
): Group[] {
  const made = formsByHand(beats.timeS, acts);
  /** By class, then by form: the program's index, the name of one that a reader made, -1 for those alone. */
  const groups: Map<number | string, Growing>[] = [];
  const inOrder: Growing[] = [];
  const ofForm = formSizes(forms);
  for (let beat = 0; beat < beats.timeS.length; beat++) {
    const code = beats.beatClass[beat]!;
    const own = programBeat[beat]!;
    const byHand = made[beat];
    const form = own < 0 ? -1 : forms.form[own]!;
    const alone = byHand === undefined && (form < 0 || forms.alone[form] === 1);
    // A name for each of a day's beats takes longer than all the rest.
    const of = byHand ?? (alone ? -1 : form);
    let group = groups[code]?.get(of);
    if (!group) {
      group = {
        id: `${alone ? 'alone' : of}/${BEAT_CLASSES[code]}`,
        beatClass: code,
        form: byHand === undefined ? form : -1,
        alone,
        isWhole: false,
        members: [],
      };
      (groups[code] ??= new Map()).set(of, group);
      inOrder.push(group);
    }
    group.members.push(beat);
  }
  for (const group of inOrder) {
    group.isWhole = group.form >= 0 && group.members.length === ofForm[group.form];
  }
  return inOrder;
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
  return rr.length > 0 ? 1000 * upperMedian(rr) : null;
}
