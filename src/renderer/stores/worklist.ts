import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { Failure, RecordingEntry } from '../../shared/domain';
import { useTransport } from '../transport';

/** Recordings that were opened, dropped or found under a picked folder. */
export const useWorklist = defineStore('worklist', () => {
  const entries = shallowRef<readonly RecordingEntry[]>([]);
  const loaded = ref(false);
  const failure = shallowRef<Failure | null>(null);
  /** Folders that were picked or dropped in this window, for a scan. */
  const sourceIds = ref<string[]>([]);

  async function refresh(): Promise<void> {
    const result = await useTransport().call('recordings.list', {});
    loaded.value = true;
    if (result.ok) entries.value = result.value.entries;
    else failure.value = result.error;
  }

  /** Shows the host's dialog; gives the entry to open, or null when the person cancelled. */
  async function pick(kind: 'record' | 'folder'): Promise<RecordingEntry | null> {
    return admit(await useTransport().pick(kind));
  }

  async function drop(files: readonly File[]): Promise<RecordingEntry | null> {
    return admit(await useTransport().dropped(files));
  }

  async function admit(
    result: Awaited<ReturnType<ReturnType<typeof useTransport>['pick']>>,
  ): Promise<RecordingEntry | null> {
    failure.value = null;
    if (!result.ok) {
      if (result.error.code !== 'cancelled') failure.value = result.error;
      return null;
    }
    sourceIds.value = [...new Set([...sourceIds.value, ...result.value.sourceIds])];
    await refresh();
    return result.value.entries[0] ?? null;
  }

  async function forget(recordingId: string): Promise<void> {
    await useTransport().call('recordings.forget', { recordingId });
    await refresh();
  }

  function listen(): () => void {
    return useTransport().on('recordings.changed', () => void refresh());
  }

  return { entries, loaded, failure, sourceIds, refresh, pick, drop, forget, listen };
});
