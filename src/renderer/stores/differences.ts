import { computed, ref, type ComputedRef } from 'vue';
import type { Difference, FindingVerdict, ReadComparison, SecondRead } from '../../shared/domain';
import { useEvents } from './events';
import { useReview } from './review';

const VERDICT_OF = { confirmed: 'confirm', rejected: 'reject', unsure: 'unsure' } as const;

/** Two reads, and how they are read and closed. */
interface Reads {
  readonly comparison: ComputedRef<ReadComparison | null>;
  readonly finished: ComputedRef<SecondRead | null>;
  readonly apart: ComputedRef<boolean>;
  load(): Promise<void>;
  step(what: 'compare', second: string): Promise<void>;
}

/** The walk through what two reads differ on, and its settling. */
export function createDifferences({ comparison, finished, apart, load, step }: Reads) {
  const events = useEvents();
  const review = useReview();
  /** What differs is walked, instead of all events. */
  const comparing = ref(false);
  /** Settled, and not yet answered. */
  const sent = new Set<string>();
  const differences = computed<readonly Difference[]>(() => comparison.value?.differences ?? []);
  const at = computed(() =>
    differences.value.findIndex(({ finding }) => finding.id === events.currentId),
  );
  const current = computed(() => differences.value[at.value] ?? null);
  const settled = computed(() => differences.value.filter((one) => one.adjudicated).length);

  /** Shows what differs and takes up the first that is not settled; from then on both reads stay as they are. */
  async function compare(): Promise<void> {
    const second = finished.value;
    if (!second || apart.value) return;
    if (second.comparedAtMs === null) await step('compare', second.reader);
    await load();
    if (!comparison.value) return;
    comparing.value = true;
    show(differences.value.find(({ adjudicated }) => !adjudicated) ?? differences.value[0]);
  }
  function leave(): void {
    comparing.value = false;
  }

  function show(difference: Difference | undefined): void {
    if (difference) events.show(difference.finding);
  }
  function walk(by: 1 | -1): void {
    show(differences.value[at.value + by]);
  }
  /** Shows the next difference that is not settled, other than the one in hand where there is another. */
  function walkOpen(): void {
    const { length } = differences.value;
    for (let i = 1; i <= length; i++) {
      const next = differences.value[(at.value + i) % length];
      if (next && !next.adjudicated && !sent.has(next.finding.id)) return show(next);
    }
  }

  /**
   * Settles the difference in hand, and shows the next that is not at once: a key that follows before the answer has come
   * is for that one, and not for this one again.
   */
  async function settle(
    take: 'first' | 'second' | 'own',
    verdict: FindingVerdict | null = null,
  ): Promise<void> {
    const difference = current.value;
    const read = comparison.value?.second;
    if (!difference || !read || !review.state || !events.isSeen(difference.finding)) return;
    const side = take === 'own' ? null : difference[take];
    const { id, kind, startS, endS } = difference.finding;
    sent.add(id);
    const done = review.edit({
      kind: 'decide-findings',
      findings: [{ id, kind, startS, endS }],
      decision: verdict ?? VERDICT_OF[side!.state],
      note: side?.note ?? '',
      rejectedAs: side?.rejectedAs ?? null,
      adjudicates: { second: read.reader, take },
    });
    walkOpen();
    await done.finally(() => sent.delete(id));
  }

  return {
    comparing,
    differences,
    at,
    current,
    settled,
    compare,
    leave,
    show,
    walk,
    walkOpen,
    settle,
  };
}
