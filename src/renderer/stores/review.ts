import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type {
  Decision,
  Failure,
  ReviewEdit,
  ReviewState,
  SegmentDecision,
} from '../../shared/domain';
import { applyBeatEdits } from '../../shared/domain/apply-beat-edits';
import { useTransport } from '../transport';
import { useAnalysis } from './analysis';
import { useSettings } from './settings';

/**
 * The reader's decisions. A decision is called saved only once the service has answered that it is stored;
 * until then it is shown as being saved, and a refusal is shown as what it is.
 */
export const useReview = defineStore('review', () => {
  const analysis = useAnalysis();
  const settings = useSettings();
  const state = shallowRef<ReviewState | null>(null);
  const savedAtMs = ref<number | null>(null);
  const saving = ref(0);
  const failure = shallowRef<Failure | null>(null);
  /** Decisions that have been sent and not yet answered. */
  const sent = shallowRef<ReadonlyMap<number, Decision>>(new Map());

  const bySegment = computed(() => {
    const map = new Map<number, SegmentDecision>();
    for (const decision of state.value?.decisions ?? []) map.set(decision.segment, decision);
    return map;
  });

  /** The model's beats with what the reader changed; the model's own stay in the analysis. */
  const beats = computed(() =>
    analysis.beats ? applyBeatEdits(analysis.beats, state.value?.beatEdits ?? []) : null,
  );

  function decisionOf(segment: number): Decision {
    return sent.value.get(segment) ?? bySegment.value.get(segment)?.decision ?? 'none';
  }
  function noteOf(segment: number): string {
    return bySegment.value.get(segment)?.note ?? '';
  }

  async function load(): Promise<void> {
    const id = analysis.analysisId;
    state.value = null;
    savedAtMs.value = null;
    failure.value = null;
    if (!id) return;
    const result = await useTransport().call('review.summary', { analysisId: id });
    if (result.ok && analysis.analysisId === id) state.value = result.value;
  }

  // Answers are applied in the order of the requests, so that an older state never replaces a newer one.
  let queue: Promise<unknown> = Promise.resolve();

  function run(work: () => Promise<void>): Promise<void> {
    saving.value++;
    const done = queue.then(work).finally(() => {
      saving.value--;
    });
    queue = done.catch(() => undefined);
    return done;
  }

  function edit(change: ReviewEdit): Promise<void> {
    const id = analysis.analysisId;
    if (!id) return Promise.resolve();
    const indices = change.kind === 'decide-segments' ? change.segments : [];
    if (change.kind === 'decide-segments')
      sent.value = new Map([...sent.value, ...indices.map((i) => [i, change.decision] as const)]);
    return run(async () => {
      try {
        const result = await useTransport().call('review.decide', {
          analysisId: id,
          edit: change,
          reader: settings.values.readerName,
        });
        if (analysis.analysisId !== id) return;
        apply(result);
      } finally {
        const left = new Map(sent.value);
        for (const i of indices) left.delete(i);
        sent.value = left;
      }
    });
  }

  function apply(result: { ok: true; value: ReviewState } | { ok: false; error: Failure }): void {
    if (result.ok) {
      state.value = result.value;
      savedAtMs.value = Date.now();
      failure.value = null;
    } else failure.value = result.error;
  }

  function decide(segments: number[], decision: Decision, note: string): Promise<void> {
    return edit({ kind: 'decide-segments', segments, decision, note });
  }

  function undo(redo = false): Promise<void> {
    const id = analysis.analysisId;
    if (!id) return Promise.resolve();
    return run(async () => {
      const result = await useTransport().call('review.undo', {
        analysisId: id,
        redo,
        reader: settings.values.readerName,
      });
      if (analysis.analysisId === id) apply(result);
    });
  }

  return {
    state,
    savedAtMs,
    saving,
    failure,
    bySegment,
    beats,
    decisionOf,
    noteOf,
    load,
    edit,
    decide,
    undo,
  };
});
