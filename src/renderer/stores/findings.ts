import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { MethodOutput } from '../../shared/contract';
import type { Failure, Finding, RejectedAs, ReviewEdit } from '../../shared/domain';
import { withRows, type BeatRows } from '../../shared/domain/beat-rows';
import { useAnalysis } from './analysis';
import { createChanging } from './changing';
import { useReview } from './review';
import { useSettings } from './settings';
import { untilCurrent } from './until-current';

export type FoundAll = MethodOutput<'analysis.findings'>;
export type Verdict = 'confirm' | 'reject' | 'unsure';

/** While an analysis runs, what it found so far is read again this often at most. */
const SO_FAR_MS = 2000;

const STATE_OF = { confirm: 'confirmed', reject: 'rejected', unsure: 'unsure' } as const;

/** What was found in the open recording, after the reader's decisions: the one source of every number shown. */
export const useFindings = defineStore('findings', () => {
  const analysis = useAnalysis();
  const review = useReview();
  const held = shallowRef<{ readonly of: string; readonly value: FoundAll } | null>(null);
  const failure = shallowRef<Failure | null>(null);
  /** Decisions that have been sent and not yet come back with the findings, and those that are being taken back. */
  const sent = shallowRef<ReadonlyMap<string, Pick<Finding, 'state'>>>(new Map());
  /** What was decided before, of what an act of this page decided on. */
  const replaced = new WeakMap<object, readonly Finding[]>();
  /** Counts what has arrived, so that others can wait for the next. */
  const version = ref(0);

  const found = computed(() => (held.value?.of === analysis.analysisId ? held.value!.value : null));
  /** With the decisions just made, so that a list answers at once. */
  const all = computed<readonly Finding[]>(() => {
    const list = found.value?.findings ?? [];
    if (sent.value.size === 0) return list;
    return list.map((one) => {
      const shown = sent.value.get(one.id);
      return shown === undefined ? one : { ...one, state: shown.state };
    });
  });
  /** The beats that count: what every rate, interval, letter and lane is made of. */
  const beats = computed<BeatRows | null>(() => (found.value ? withRows(found.value.beats) : null));
  const byId = computed(() => new Map(all.value.map((finding) => [finding.id, finding])));

  const ask = createChanging<FoundAll>('analysis.findingsSince');
  const load = untilCurrent(async () => {
    const id = analysis.analysisId;
    if (!id) return false;
    const asked = { analysisId: id, asker: useSettings().values.readerName };
    const result = await ask(asked);
    if (analysis.analysisId !== id) return analysis.analysisId !== null;
    if (!result.ok) failure.value = result.error;
    else {
      held.value = { of: id, value: result.value };
      failure.value = null;
      version.value++;
    }
    return false;
  });

  /**
   * Decides on findings as one act; shown at once, and as saved once it is.
   * @param blind said before what was found was shown
   */
  async function decide(
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
    replaced.set(
      change,
      findings.map((one) => byId.value.get(one.id) ?? one),
    );
    const state = STATE_OF[verdict];
    await shownAs(
      findings.map(({ id }) => ({ id, state })),
      () => review.edit(change),
    );
  }

  /** Shows what an act comes to before it is stored, and then what became of it. */
  async function shownAs(
    outcome: readonly Pick<Finding, 'id' | 'state'>[],
    act: () => Promise<void>,
  ): Promise<void> {
    sent.value = new Map([...sent.value, ...outcome.map((one) => [one.id, one] as const)]);
    try {
      await act();
      await load();
    } finally {
      // Of two acts on one finding the first to come back leaves what the other shows.
      const left = new Map(sent.value);
      for (const one of outcome) if (left.get(one.id) === one) left.delete(one.id);
      sent.value = left;
    }
  }

  /** Takes the last act back, or makes it again; where it was a decision of this page, that shows at once, as it did. */
  function undo(redo = false): Promise<void> {
    const last = redo ? undefined : review.lastOwn();
    const before = (last && replaced.get(last)) ?? [];
    return shownAs(
      before.map(({ id, state }) => ({ id, state })),
      () => review.undo(redo),
    );
  }

  let lastSoFarMs = 0;
  let later: ReturnType<typeof setTimeout> | undefined;
  function loadSoFar(): void {
    lastSoFarMs = Date.now();
    void load();
  }
  watch(
    () => [analysis.analysisId, analysis.status?.state, analysis.segments.length] as const,
    ([id, state, segments], before) => {
      clearTimeout(later);
      if (!id) return;
      const sameRun = before?.[0] === id && before[1] === state;
      if (sameRun && !analysis.running) return;
      // The first verdicts of all are waited for; of those that come after, the last is not left out.
      const isFirst = segments > 0 && before?.[2] === 0;
      const waitMs = sameRun && !isFirst ? lastSoFarMs + SO_FAR_MS - Date.now() : 0;
      if (waitMs > 0) later = setTimeout(loadSoFar, waitMs);
      else loadSoFar();
    },
  );
  // Every change of the review changes what is found.
  watch(
    () => review.state,
    (state) => state && void load(),
  );

  return { found, failure, all, beats, byId, version, load, decide, undo };
});
