import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { Difference, Failure, FindingVerdict, ReadComparison } from '../../shared/domain';
import { useTransport } from '../transport';
import { useAnalysis } from './analysis';
import { useEvents } from './events';
import { useReview } from './review';
import { useSettings } from './settings';

const VERDICT_OF = { confirmed: 'confirm', rejected: 'reject', unsure: 'unsure' } as const;

/** The reader's own second read, and two reads beside each other: how they agree, what differs, and its settling. */
export const useReads = defineStore('reads', () => {
  const analysis = useAnalysis();
  const events = useEvents();
  const review = useReview();
  const settings = useSettings();

  const held = shallowRef<{ readonly of: string; readonly value: ReadComparison } | null>(null);
  const failure = shallowRef<Failure | null>(null);
  /** What differs is walked, instead of all events. */
  const comparing = ref(false);

  const reader = computed(() => settings.values.readerName);
  const all = computed(() => review.state?.secondReads ?? []);
  /** The reader reads second now, and is shown nothing of the first. */
  const apart = computed(() => review.state?.apart === true);
  const own = computed(() => all.value.find((one) => one.reader === reader.value) ?? null);
  const finished = computed(() => all.value.findLast((one) => one.finishedAtMs !== null) ?? null);
  const comparison = computed(() =>
    held.value?.of === analysis.analysisId && !apart.value ? held.value!.value : null,
  );
  const differences = computed<readonly Difference[]>(() => comparison.value?.differences ?? []);
  const at = computed(() =>
    differences.value.findIndex(({ finding }) => finding.id === events.currentId),
  );
  const current = computed(() => differences.value[at.value] ?? null);
  const settled = computed(() => differences.value.filter((one) => one.adjudicated).length);

  /** Reads how the reads agree, where there are two. */
  async function load(): Promise<void> {
    const id = analysis.analysisId;
    if (!id || !finished.value || apart.value) return;
    const result = await useTransport().call('review.compare', { analysisId: id });
    if (analysis.analysisId !== id) return;
    failure.value = result.ok ? null : result.error;
    if (result.ok) held.value = { of: id, value: result.value };
  }

  const step = (what: 'begin' | 'finish' | 'compare', second: string): Promise<void> =>
    review.edit({ kind: 'second-read', step: what, second });
  async function finish(): Promise<void> {
    // A second reader by the settings may have nothing to decide.
    if (!own.value) await step('begin', reader.value);
    await step('finish', reader.value);
  }

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
  function walkOpen(): void {
    const { length } = differences.value;
    for (let i = 1; i <= length; i++) {
      const next = differences.value[(at.value + i) % length];
      if (next && !next.adjudicated) return show(next);
    }
  }

  /** Settles the difference in hand, and shows the next that is not. */
  async function settle(
    take: 'first' | 'second' | 'own',
    verdict: FindingVerdict | null = null,
  ): Promise<void> {
    const difference = current.value;
    const read = comparison.value?.second;
    if (!difference || !read || !review.state) return;
    const side = take === 'own' ? null : difference[take];
    const { id, kind, startS, endS } = difference.finding;
    const done = review.edit({
      kind: 'decide-findings',
      findings: [{ id, kind, startS, endS }],
      decision: verdict ?? VERDICT_OF[side!.state],
      note: side?.note ?? '',
      rejectedAs: side?.rejectedAs ?? null,
      adjudicates: { second: read.reader, take },
    });
    await done;
    await load();
    walkOpen();
  }

  watch(
    () => analysis.analysisId,
    () => (comparing.value = false),
  );
  watch(
    () => review.state,
    () => void load(),
  );
  // Another reader sees what is theirs to see.
  watch(reader, () => void review.load());

  return {
    comparing,
    reader,
    all,
    apart,
    own,
    finished,
    comparison,
    differences,
    current,
    at,
    settled,
    failure,
    load,
    begin: () => step('begin', reader.value),
    finish,
    compare,
    leave,
    show,
    walk,
    walkOpen,
    settle,
  };
});
