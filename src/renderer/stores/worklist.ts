import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { Admitted } from '../../shared/contract';
import type { Failure, RecordingEntry, Result } from '../../shared/domain';
import { useTransport } from '../transport';

/** Recordings that were opened, dropped or found under a picked folder. */
export const useWorklist = defineStore('worklist', () => {
  const entries = shallowRef<readonly RecordingEntry[]>([]);
  const loaded = ref(false);
  const failure = shallowRef<Failure | null>(null);
  /** What of the folders that were picked last could not be searched. */
  const leftOut = shallowRef<readonly Failure[]>([]);
  /** Folders that were picked or dropped in this window, for a scan. */
  const sourceIds = ref<string[]>([]);

  let asked = 0;
  async function refresh(): Promise<void> {
    const mine = ++asked;
    const result = await useTransport().call('recordings.list', {});
    // Every decision asks again; an older answer that comes late says less.
    if (mine !== asked) return;
    loaded.value = true;
    if (result.ok) entries.value = result.value.entries;
    else failure.value = result.error;
  }

  /** Shows the host's dialog; gives what was admitted, nothing when the person cancelled. */
  async function pick(kind: 'record' | 'folder'): Promise<readonly RecordingEntry[]> {
    return admit(await useTransport().pick(kind));
  }

  async function drop(files: readonly File[]): Promise<readonly RecordingEntry[]> {
    return admit(await useTransport().dropped(files));
  }

  async function admit(result: Result<Admitted>): Promise<readonly RecordingEntry[]> {
    failure.value = null;
    leftOut.value = (result.ok && result.value.problems) || [];
    if (!result.ok) {
      if (result.error.code !== 'cancelled') failure.value = result.error;
      return [];
    }
    sourceIds.value = [...new Set([...sourceIds.value, ...result.value.sourceIds])];
    await refresh();
    return result.value.entries;
  }

  /** Puts every recording that has not been analysed into the service's queue; what is open goes first there. */
  async function analyseAll(): Promise<void> {
    const waiting = entries.value.filter((entry) => entry.state === 'not-analysed');
    for (const { recordingId } of waiting)
      await useTransport().call('analysis.start', { recordingId, modelId: null, lead: null });
    await refresh();
  }

  async function forget(recordingId: string): Promise<void> {
    await useTransport().call('recordings.forget', { recordingId });
    await refresh();
  }

  function listen(): () => void {
    return useTransport().on('recordings.changed', () => void refresh());
  }

  return {
    entries,
    loaded,
    failure,
    leftOut,
    sourceIds,
    refresh,
    pick,
    drop,
    admit,
    analyseAll,
    forget,
    listen,
  };
});
