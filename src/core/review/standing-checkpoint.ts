import type { SecondRead } from '../../shared/domain';
import { isBlind } from './blind-answers';
import type { Entry, PlacedSignature, Stack, TrackedAct } from './acts';

/** Acts of a reader that can be taken back one after the other from a checkpoint alone. */
export const MOST_UNDONE = 200;

/**
 * What stands of a trail up to a place in it, without the acts that others have covered: as much as there is to decide on,
 * whatever the length of the trail.
 */
export interface StandingCheckpoint {
  readonly sequence: number;
  readonly foundVersion: number;
  /** In their order. */
  readonly acts: readonly TrackedAct[];
  /** Sequences of a reader's acts in force and undone, and how many in force lie below those. */
  readonly stacks: readonly {
    readonly reader: string;
    readonly done: readonly number[];
    readonly undone: readonly number[];
    readonly hidden: number;
  }[];
  /** Findings and measurements in the order in which they first came. */
  readonly findings: readonly string[];
  readonly measures: readonly string[];
  readonly rejections: readonly (readonly [string, number])[];
  readonly inForce: readonly (readonly [string, number])[];
  readonly acted: readonly string[];
  readonly reads: readonly SecondRead[];
  readonly signatures: readonly PlacedSignature[];
}

/** Thrown by what stands as of a checkpoint where only the whole trail can say; it is then of no more use. */
export class BeyondCheckpoint extends Error {}

interface Folded {
  readonly stacks: ReadonlyMap<string, Stack>;
  /** By what they are about. */
  readonly entries: readonly ReadonlyMap<unknown, readonly Entry[]>[];
  readonly beatActs: readonly TrackedAct[];
  readonly all: Iterable<TrackedAct>;
}

/** The acts that still say something, and the stacks that name them. */
export function actsToKeep(
  { stacks, entries, beatActs, all }: Folded,
  mostUndone: number,
): {
  acts: TrackedAct[];
  stacks: StandingCheckpoint['stacks'];
} {
  const kept = new Set<TrackedAct>(beatActs.filter(({ state }) => state !== 'forgotten'));
  const named = [...stacks].map(([reader, { done, undone, hidden }]) => {
    const top = mostUndone > 0 ? done.slice(-mostUndone) : [];
    for (const act of [...top, ...undone]) kept.add(act);
    const sequences = (acts: readonly TrackedAct[]): number[] => acts.map((act) => act.sequence);
    const below = hidden + done.length - top.length;
    return { reader, done: sequences(top), undone: sequences(undone), hidden: below };
  });
  const retractable = new Set(kept);
  for (const map of entries) {
    for (const list of map.values()) {
      // Those that can be taken back, the one that then stands, and what was then said blind.
      let [stands, blind] = [false, false];
      for (const { act } of list.toReversed()) {
        if (act.state !== 'in-force') continue;
        const says = isBlind(act) && !blind;
        if (!stands || says) kept.add(act);
        if (retractable.has(act)) continue;
        stands = true;
        blind ||= says;
      }
    }
  }
  for (const act of all) {
    if (act.edit.kind === 'edit-report' && act.state !== 'forgotten') kept.add(act);
  }
  return { acts: [...kept].sort((a, b) => a.sequence - b.sequence), stacks: named };
}
