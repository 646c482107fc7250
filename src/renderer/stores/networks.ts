import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { Adoption, KnownNetwork, NetworkComparison } from '../../shared/contract';
import type { Failure } from '../../shared/domain';
import { useTransport } from '../transport';
import { useAnalysis } from './analysis';
import { createChangeWalk } from './change-walk';
import { useSession } from './session';
import { useSettings } from './settings';

/** Networks to choose from: compared on the open recording, the changed segments walked, adopted and taken back. */
export const useNetworks = defineStore('networks', () => {
  const analysis = useAnalysis();
  const session = useSession();
  const settings = useSettings();

  const comparison = shallowRef<NetworkComparison | null>(null);
  const comparing = ref<string | null>(null);
  const failure = shallowRef<Failure | null>(null);
  let abort: AbortController | null = null;

  /** Every network; where the service tells of none, those in use. */
  const all = computed<readonly KnownNetwork[]>(
    () =>
      session.models.every ??
      session.models.models.map((card) => ({ key: card.id, card, inUse: true, shipped: true })),
  );
  const adoptions = computed<readonly Adoption[]>(() => session.models.adoptions ?? []);
  const reader = computed(() => settings.values.readerName.trim());
  const walk = createChangeWalk(comparison);

  /** Asks what another network says of the open recording. */
  async function compare(key: string): Promise<void> {
    const id = analysis.analysisId;
    if (!id) return;
    stop();
    abort = new AbortController();
    const { signal } = abort;
    comparing.value = key;
    comparison.value = null;
    failure.value = null;
    const asked = { analysisId: id, modelId: key };
    const result = await useTransport().call('models.compare', asked, { signal });
    if (signal.aborted || analysis.analysisId !== id) return;
    comparing.value = null;
    if (result.ok) comparison.value = result.value;
    else failure.value = result.error;
  }

  function stop(): void {
    abort?.abort();
    abort = null;
    comparing.value = null;
  }

  async function act(
    modelId: string | undefined,
    step: (reader: string) => Promise<{ ok: true } | { ok: false; error: Failure }>,
  ): Promise<boolean> {
    failure.value = null;
    const done = await step(reader.value);
    if (!done.ok) failure.value = done.error;
    await session.loadModels();
    // What is open was read by the one before, and would be said to be by this one: its review stays with that reading.
    if (done.ok && analysis.status?.modelId === modelId) void session.analyse(modelId);
    return done.ok;
  }

  const adopt = (key: string): Promise<boolean> =>
    act(all.value.find((one) => one.key === key)?.card.id, (by) =>
      useTransport().call('models.adopt', { key, reader: by }),
    );
  const rollback = (modelId: string): Promise<boolean> =>
    act(modelId, (by) => useTransport().call('models.rollback', { modelId, reader: by }));

  watch(
    () => analysis.analysisId,
    () => {
      stop();
      walk.leave();
      comparison.value = null;
      failure.value = null;
    },
  );

  return {
    all,
    adoptions,
    reader,
    comparison,
    comparing,
    failure,
    ...walk,
    compare,
    stop,
    adopt,
    rollback,
  };
});
