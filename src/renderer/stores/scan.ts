import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { EventPayload, ScanRow } from '../../shared/contract';
import type { Failure } from '../../shared/domain';
import { useTransport } from '../transport';

/** A folder scan: rows as they come, and how far it is. */
export const useScan = defineStore('scan', () => {
  const scanId = shallowRef<string | null>(null);
  const rows = shallowRef<readonly ScanRow[]>([]);
  const progress = shallowRef<EventPayload<'scan.progress'> | null>(null);
  const failure = shallowRef<Failure | null>(null);
  const running = computed(
    () => scanId.value !== null && (progress.value?.state ?? 'running') === 'running',
  );

  // Rows come in bursts; one update per frame is enough for the eye. A row waits for those before it, which may have
  // been sent before the scan had a name here and come with the answer to `scan.rows`.
  const waiting = new Map<number, ScanRow>();
  let frame = 0;
  /** The last progress of any scan: a short one may end before the answer that names it has come. */
  let latest: EventPayload<'scan.progress'> | null = null;
  let listening = false;
  function flush(): void {
    frame = 0;
    const next = [...rows.value];
    for (const [index, row] of waiting) if (index < next.length) next[index] = row;
    for (let row; (row = waiting.get(next.length));) next.push(row);
    for (const index of [...waiting.keys()]) if (index < next.length) waiting.delete(index);
    rows.value = next;
  }

  function listen(): void {
    if (listening) return;
    listening = true;
    useTransport().on('scan.row', (event) => {
      if (event.scanId !== scanId.value) return;
      waiting.set(event.index, event.row);
      if (frame === 0) frame = requestAnimationFrame(flush);
    });
    useTransport().on('scan.progress', (event) => {
      latest = event;
      if (event.scanId !== scanId.value) return;
      const ended = event.state !== 'running' && progress.value?.state === 'running';
      progress.value = event;
      if (ended) void readAll();
    });
  }

  /** Asks for the rows from the service, so that none that came before the listener is missing. */
  async function readAll(): Promise<void> {
    const id = scanId.value;
    if (!id) return;
    const result = await useTransport().call('scan.rows', { scanId: id, from: 0 });
    if (result.ok && scanId.value === id && result.value.rows.length >= rows.value.length)
      rows.value = result.value.rows;
    if (waiting.size > 0 && frame === 0) frame = requestAnimationFrame(flush);
    if (result.ok && result.value.done && running.value) finish(id);
  }

  /** The rows say that it is done, whatever became of the event that should have said so. */
  function finish(id: string): void {
    const done = rows.value.length;
    progress.value = {
      scanId: id,
      done,
      total: done,
      failed: rows.value.filter((row) => row.error).length,
      current: null,
      recordsPerS: 0,
      remainingS: 0,
      state: 'done',
      error: null,
    };
  }

  async function start(sourceIds: readonly string[], modelId: string | null): Promise<void> {
    listen();
    failure.value = null;
    rows.value = [];
    waiting.clear();
    progress.value = null;
    const result = await useTransport().call('scan.start', { sourceIds: [...sourceIds], modelId });
    if (!result.ok) {
      failure.value = result.error;
      return;
    }
    scanId.value = result.value.scanId;
    if (latest?.scanId === scanId.value) progress.value = latest;
    await readAll();
  }

  /** Reads the rows of the last scan anew, with the marks of what has changed since. */
  async function refresh(): Promise<void> {
    if (!running.value) await readAll();
  }

  async function cancel(): Promise<void> {
    if (scanId.value) await useTransport().call('scan.cancel', { scanId: scanId.value });
  }

  return { scanId, rows, progress, failure, running, start, refresh, catchUp: readAll, cancel };
});
