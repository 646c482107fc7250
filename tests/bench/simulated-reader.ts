import { familiesOf, type Families } from '../../src/core/beats/families/families-of';
import { BEAT_CLASSES, type BeatFamily } from '../../src/shared/domain';
import { UNSAID, type ReferenceCase } from './own-records';

/** S, V and F: what a reader is asked to get right. */
const ECTOPIC: ReadonlySet<number> = new Set([1, 2, 3]);

export interface SimulatedRead {
  /** Keys that decide: a class, `Seen`, a beat taken out, a proposal taken or turned away. */
  readonly acts: number;
  /** F1 of the ectopic beats, each of its class, before the first act and after the last. */
  readonly before: number;
  readonly after: number;
  /** Proposals that were taken and turned away, and the beats that each was right and wrong about. */
  readonly taken: number;
  readonly turnedAway: number;
  readonly right: number;
  readonly wrong: number;
}

/**
 * Reads a recording as somebody would who sees in every beat what the reference says: families of ectopic beats first, then
 * the normal ones, the largest first, those that are unlike any other last; a beat of another class than most of its family is
 * taken out and classed. Beats that no detector found are nobody's here.
 * @param goal F1 at which the reader stops
 * @param isOffered whether proposals are made
 */
export function readAs(record: ReferenceCase, goal: number, isOffered: boolean): SimulatedRead {
  const { timeS, reference, forms, confidence } = record;
  const beatClass = record.beatClass.slice();
  const handAt = new Uint32Array(timeS.length);
  const follows = new Uint8Array(timeS.length).fill(1, 1);
  const refused = new Set<string>();
  const tried = new Set<string>();
  const before = ectopicF1(beatClass, reference);
  const tally = { acts: 0, taken: 0, turnedAway: 0, right: 0, wrong: 0 };
  let acts = 0;
  /** Beats taken out cost a key each, and what is done with them one more. */
  const settle = (beats: readonly number[], takenOut: number): void => {
    tally.acts += takenOut + 1;
    acts++;
    for (const beat of beats) {
      if (reference[beat] !== UNSAID) beatClass[beat] = reference[beat]!;
      handAt[beat] = acts;
    }
  };
  const answer = ({ beats, beatClass: said }: Offered): void => {
    const right = beats.filter((beat) => reference[beat] === said);
    const wrong = beats.length - right.length;
    tally.right += right.length;
    tally.wrong += wrong;
    for (const beat of beats) refused.add(`${beat}/${said}`);
    if (right.length > wrong) {
      tally.taken++;
      settle(right, wrong);
    } else {
      tally.turnedAway++;
      tally.acts++;
    }
  };
  while (ectopicF1(beatClass, reference) < goal) {
    const listed = familiesOf({
      program: { timeS, forms, confidence },
      beats: { timeS, beatClass, follows, handAt },
      acts: [],
    });
    const offered = isOffered ? nextOffered(listed, refused) : null;
    if (offered) {
      answer(offered);
      continue;
    }
    const members = nextFamily(listed);
    if (!members) break;
    const counted = members.filter((beat) => reference[beat] !== UNSAID);
    const most = mostOf(counted.map((beat) => reference[beat]!));
    const others = counted.filter((beat) => reference[beat] !== most);
    if (others.length === 0) {
      settle(members, 0);
      continue;
    }
    // Those of one class go together; whoever may be offered more like them takes a few out first, once.
    const said = mostOf(others.map((beat) => reference[beat]!));
    const ofClass = others.filter((beat) => reference[beat] === said);
    const first = ofClass[0]!;
    const place = `${listed.families[listed.members.family[first]!]!.id}/${said}`;
    const few = isOffered && ofClass.length > FEW + 1 && !tried.has(place);
    tried.add(place);
    const out = few ? leastAlike(ofClass, listed).slice(0, FEW) : ofClass;
    settle(out, out.length);
  }
  return { ...tally, before, after: ectopicF1(beatClass, reference) };
}

/** Beats that are taken out of a form before looking what is proposed of the others. */
const FEW = 3;

interface Offered {
  readonly beats: readonly number[];
  readonly beatClass: number;
  readonly likeness: number;
}

/** In the order in which tiles stand. */
function leastAlike(beats: readonly number[], { members }: Families): number[] {
  return [...beats].sort((a, b) => members.likeness[a]! - members.likeness[b]!);
}

/** The proposal that is most like its example, without beats that were turned away. */
function nextOffered(
  { families, members }: Families,
  refused: ReadonlySet<string>,
): Offered | null {
  const offered = families.flatMap(({ proposal }, family): Offered[] => {
    if (!proposal) return [];
    const beatClass = BEAT_CLASSES.indexOf(proposal.beatClass);
    const beats = [...members.family.keys()].filter(
      (beat) =>
        members.family[beat] === family &&
        members.proposed[beat] === 1 &&
        !refused.has(`${beat}/${beatClass}`),
    );
    return beats.length > 0 ? [{ beats, beatClass, likeness: proposal.likeness }] : [];
  });
  return offered.sort((a, b) => b.likeness - a.likeness)[0] ?? null;
}

/** Unsettled beats of the next family that has some. */
function nextFamily({ families, members }: Families): number[] | null {
  const rank = ({ alone, beatClass }: BeatFamily): number =>
    (alone ? 2 : 0) + (beatClass === 'N' ? 1 : 0);
  const order = [...families.keys()].sort(
    (a, b) => rank(families[a]!) - rank(families[b]!) || a - b,
  );
  const next = order.find((k) => families[k]!.seen < families[k]!.beats);
  if (next === undefined) return null;
  return [...members.family.keys()].filter(
    (beat) => members.family[beat] === next && members.byHand[beat] === 0,
  );
}

function mostOf(codes: readonly number[]): number {
  const counts = new Uint32Array(BEAT_CLASSES.length);
  for (const code of codes) counts[code]!++;
  return counts.indexOf(Math.max(...counts));
}

/** F1 over S, V and F together, a beat right only in its own class; 1 where there is none and none is said. */
export function ectopicF1(beatClass: Uint8Array, reference: Uint8Array): number {
  let [right, said, are] = [0, 0, 0];
  reference.forEach((truth, beat) => {
    if (truth === UNSAID) return;
    const own = beatClass[beat]!;
    if (ECTOPIC.has(own)) said++;
    if (ECTOPIC.has(truth)) are++;
    if (ECTOPIC.has(own) && own === truth) right++;
  });
  return said + are > 0 ? (2 * right) / (said + are) : 1;
}
