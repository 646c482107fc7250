import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { Failure, WhatIf } from '../../shared/domain';
import { useTransport } from '../transport';
import { useAnalysis } from './analysis';
import { useSelection } from './selection';

/** Whether the flag of the segment in hand stands when one thing is changed: asked for by the reader, and not kept. */
export const useWhatIf = defineStore('what-if', () => {
  const analysis = useAnalysis();
  const selection = useSelection();
  const known = shallowRef<(WhatIf & { readonly of: string }) | null>(null);
  const failure = shallowRef<Failure | null>(null);
  const asking = shallowRef<AbortController | null>(null);
  /** The card that says why is unfolded, in which the answer stands. */
  const whyOpen = ref(false);

  const segment = computed(() => selection.current?.index ?? null);
  const answers = computed(() =>
    known.value?.of === analysis.analysisId && known.value?.segment === segment.value
      ? known.value
      : null,
  );

  async function ask(): Promise<void> {
    const analysisId = analysis.analysisId;
    const index = segment.value;
    if (analysisId === null || index === null) return;
    stop();
    const asked = (asking.value = new AbortController());
    const { signal } = asked;
    const found = await useTransport().call(
      'analysis.whatIf',
      { analysisId, segment: index },
      { signal },
    );
    if (asking.value !== asked) return;
    asking.value = null;
    if (found.ok) known.value = { ...found.value, of: analysisId };
    else failure.value = found.error;
  }

  function stop(): void {
    asking.value?.abort();
    asking.value = null;
    failure.value = null;
  }

  /** Asks in the card that says why, and folds it again: by key. Nothing is asked of a segment whose verdict is hidden. */
  function toggle(): void {
    const one = selection.current;
    if (!one || selection.isHidden(one)) return;
    const isShown = whyOpen.value && (answers.value !== null || asking.value !== null);
    whyOpen.value = !isShown;
    if (!isShown && !asking.value && !answers.value) void ask();
  }

  // Whoever goes on to another segment has no use for the answer.
  watch([segment, () => analysis.analysisId], stop);

  return { answers, failure, asking, whyOpen, ask, stop, toggle };
});
