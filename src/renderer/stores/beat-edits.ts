import type { MethodInput } from '../../shared/contract';
import {
  meantBeats,
  type BeatsOfFamilies,
  type PlacedEdit,
  type ReviewEdit,
  type ReviewState,
} from '../../shared/domain';

/** The edits of beats of a recording as its answers name them: each is sent once, and then known by its place in the trail. */
export function createKnownEdits() {
  let of = '';
  const known = new Map<number, ReviewEdit>();
  return {
    /** Up to which place in the trail they are known, for the next request. */
    knowsActs(analysisId: string): number {
      return of === analysisId ? Math.max(0, ...known.keys()) : 0;
    },
    /**
     * @param knowsActs what the request said to be known
     * @param own the edit that it made, which is not sent back
     * @returns the edits in force, in order; null where one is not known after all, and all have to be asked for
     */
    taken(state: ReviewState, knowsActs: number, own: ReviewEdit | null): PlacedEdit[] | null {
      if (of !== state.analysisId) known.clear();
      of = state.analysisId;
      const { beatActs, beatEdits, made } = state;
      if (made !== undefined && own) known.set(made, own);
      const sent = beatActs.filter((place) => place > knowsActs && place !== made);
      sent.forEach((place, i) => beatEdits[i] && known.set(place, beatEdits[i]));
      const placed = beatActs.map((sequence) => ({ sequence, edit: known.get(sequence) }));
      const isWhole = (one: (typeof placed)[number]): one is PlacedEdit => one.edit !== undefined;
      return placed.every(isWhole) ? placed : null;
    },
  };
}

type Named = Pick<MethodInput<'families.decide'>, 'of' | 'meant' | 'act' | 'family'>;

/** An edit of the beats of families without their times, of which a family of a day has 80 000; null for any other. */
export function namedBy(edit: ReviewEdit, of: BeatsOfFamilies): Named | null {
  if (edit.kind !== 'see-beats' && edit.kind !== 'relabel-beats' && edit.kind !== 'form-beats')
    return null;
  const { timesS, family, ...act } = edit;
  return { of, meant: meantBeats(timesS), act, family };
}
