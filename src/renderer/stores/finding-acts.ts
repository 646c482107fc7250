import { shallowRef } from 'vue';
import type { Finding, RejectedAs, ReviewEdit } from '../../shared/domain';
import { useReview } from './review';

export type Verdict = 'confirm' | 'reject' | 'unsure';
const STATE_OF = { confirm: 'confirmed', reject: 'rejected', unsure: 'unsure' } as const;

type Shown = Pick<Finding, 'id' | 'state'>;

/**
 * Decisions on findings, which show before they are stored.
 * @param load reads the findings after an act
 * @param shownNow a finding as it is shown
 */
export function createFindingActs(
  load: () => Promise<void>,
  shownNow: (id: string) => Finding | undefined,
) {
  const review = useReview();
  /** Decisions that have not come back with the findings yet: those that were sent, or are being taken back. */
  const ahead = shallowRef<ReadonlyMap<string, Shown>>(new Map());
  /** What an act of this page decided on, as it stood before. */
  const replaced = new WeakMap<object, readonly Shown[]>();

  /** A list with the decisions just made, so that it answers at once. */
  function withAhead(list: readonly Finding[]): readonly Finding[] {
    if (ahead.value.size === 0) return list;
    return list.map((one) => {
      const state = ahead.value.get(one.id)?.state;
      return state === undefined ? one : { ...one, state };
    });
  }

  /** Shows what an act comes to before it is stored, and then what became of it. */
  async function showing(outcome: readonly Shown[], act: () => Promise<void>): Promise<void> {
    ahead.value = new Map([...ahead.value, ...outcome.map((one) => [one.id, one] as const)]);
    try {
      await act();
      await load();
    } finally {
      // Of two acts on one finding the first to come back leaves what the other shows.
      const left = new Map(ahead.value);
      for (const one of outcome) if (left.get(one.id) === one) left.delete(one.id);
      ahead.value = left;
    }
  }

  /**
   * Decides on findings as one act; shown at once, and as saved once it is.
   * @param blind said before what was found was shown
   */
  function decide(
    findings: readonly Finding[],
    verdict: Verdict,
    note: string,
    rejectedAs: RejectedAs | null = null,
    blind = false,
  ): Promise<void> {
    const change: ReviewEdit = {
      kind: 'decide-findings',
      findings: findings.map(({ id, kind, startS, endS }) => ({ id, kind, startS, endS })),
      decision: verdict,
      note,
      rejectedAs,
      ...(blind ? { blind } : {}),
    };
    const before = findings.map(({ id, state }) => ({ id, state: shownNow(id)?.state ?? state }));
    replaced.set(change, before);
    const after = findings.map(({ id }) => ({ id, state: STATE_OF[verdict] }));
    return showing(after, () => review.edit(change));
  }

  /** Takes the last act back, or makes it again; where it was a decision of this page, that shows at once, as it did. */
  function undo(redo = false): Promise<void> {
    const last = redo ? undefined : review.lastOwn();
    const before = (last && replaced.get(last)) ?? [];
    // Each is a wish of its own, though the same act may be taken back twice.
    return showing(
      before.map((one) => ({ ...one })),
      () => review.undo(redo),
    );
  }

  return { withAhead, decide, undo };
}
