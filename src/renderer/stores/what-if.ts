import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
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

  // Whoever goes on to another segment has no use for the answer.
  watch([segment, () => analysis.analysisId], stop);

  return { answers, failure, asking, ask, stop };
});
