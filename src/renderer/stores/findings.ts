import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { MethodOutput } from '../../shared/contract';
import type { Failure } from '../../shared/domain';
import { withRows, type BeatRows } from '../../shared/domain/beat-rows';
import { useAnalysis } from './analysis';
import { createChanging } from './changing';
import { createFindingActs } from './finding-acts';
import { useReview } from './review';
import { useSettings } from './settings';
import { untilCurrent } from './until-current';

export type FoundAll = MethodOutput<'analysis.findings'>;

/** While an analysis runs, what it found so far is read again this often at most. */
const SO_FAR_MS = 2000;

/** What was found in the open recording, after the reader's decisions: the one source of every number shown. */
export const useFindings = defineStore('findings', () => {
  const analysis = useAnalysis();
  const review = useReview();
  const held = shallowRef<{ readonly of: string; readonly value: FoundAll } | null>(null);
  const failure = shallowRef<Failure | null>(null);
  /** Counts what has arrived, so that others can wait for the next. */
  const version = ref(0);

  const found = computed(() => (held.value?.of === analysis.analysisId ? held.value!.value : null));
  const all = computed(() => withAhead(found.value?.findings ?? []));
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

  const { withAhead, decide, undo } = createFindingActs(load, (id) => byId.value.get(id));

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
