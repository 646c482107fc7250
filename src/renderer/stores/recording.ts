import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { AnnotationColumns, MethodInput } from '../../shared/contract';
import type { Failure, Lead, RecordingInfo } from '../../shared/domain';
import { shownOrder } from '../../shared/domain/ecg-leads';
import { clockStart } from '../../shared/domain/clock';
import { useTransport } from '../transport';
import { errSaid, withDetails } from '../../shared/domain/said';

export type Stated = NonNullable<MethodInput<'recordings.open'>['stated']>;
export type OpenState = 'empty' | 'opening' | 'open' | 'failed';

/** How long the analysis of a recording waits for its first trace. */
const TRACE_FIRST_MS = 1500;
/** Annotator of the reference annotations of a database, shown first where there are several. */
const REFERENCE = 'atr';

/** The recording on the paper: what its header says, which leads are shown, and its reference beats. */
export const useRecording = defineStore('recording', () => {
  const state = ref<OpenState>('empty');
  const recordingId = ref<string | null>(null);
  const info = shallowRef<RecordingInfo | null>(null);
  const failure = shallowRef<Failure | null>(null);
  /** Its files changed while it was open, and it was read anew. */
  const changed = ref(false);
  /** Beats and rhythms of a reference annotation file, columns as they came. */
  const reference = shallowRef<AnnotationColumns | null>(null);
  /** Whose annotations `reference` is, or will be; null where the recording has none. */
  const annotator = ref<string | null>(null);
  const referenceFailure = shallowRef<Failure | null>(null);
  const order = ref<number[]>([]);
  const hidden = ref<Set<number>>(new Set());
  const leadGain = ref<Record<number, number>>({});
  /** The first trace of the open recording is on the paper. */
  const traceShown = ref(false);

  const leads = computed<Lead[]>(() => {
    const all = info.value?.leads ?? [];
    return order.value.flatMap((index) => {
      const lead = all[index];
      return lead && !hidden.value.has(index) ? [lead] : [];
    });
  });
  const durationS = computed(() => info.value?.durationS ?? 0);
  const clockS = computed(() => clockStart(info.value?.startClock ?? null).secondsS);

  /** @param stated what the reader says where the file leaves it out */
  async function open(id: string, stated?: Stated): Promise<boolean> {
    const transport = useTransport();
    if (recordingId.value && recordingId.value !== id)
      void transport.call('recordings.close', { recordingId: recordingId.value });
    recordingId.value = id;
    state.value = 'opening';
    failure.value = null;
    changed.value = false;
    info.value = null;
    reference.value = null;
    annotator.value = null;
    referenceFailure.value = null;
    traceShown.value = false;
    const request = { recordingId: id, ...(stated ? { stated } : {}) };
    const result = await transport.call('recordings.open', request);
    // A later click wins over an answer that came late.
    if (recordingId.value !== id) return false;
    if (!result.ok) {
      failure.value = result.error;
      state.value = 'failed';
      return false;
    }
    info.value = result.value;
    order.value = shownOrder(result.value.leads);
    // Leads beyond a dozen, and signals that are no ECG, start hidden where there are ECG leads to show.
    const ecg = result.value.leads.filter((lead) => lead.isEcg).slice(0, 12);
    hidden.value = new Set(
      ecg.length > 0
        ? result.value.leads.filter((lead) => !ecg.includes(lead)).map((lead) => lead.index)
        : result.value.leads.slice(12).map((lead) => lead.index),
    );
    leadGain.value = {};
    state.value = 'open';
    const { annotators } = result.value;
    annotator.value = annotators.includes(REFERENCE) ? REFERENCE : (annotators[0] ?? null);
    void untilTraceShown().then(readReference);
    return true;
  }

  /** The signal comes first: what can wait, waits until it is on the paper, though never for long. */
  function untilTraceShown(): Promise<void> {
    if (traceShown.value) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        stop();
        resolve();
      };
      const timer = setTimeout(end, TRACE_FIRST_MS);
      const stop = watch(traceShown, end, { flush: 'sync' });
    });
  }

  async function readReference(): Promise<void> {
    const [id, name] = [recordingId.value, annotator.value];
    if (id === null || name === null) return;
    const result = await useTransport().call('annotations.read', {
      recordingId: id,
      annotator: name,
    });
    if (recordingId.value !== id || annotator.value !== name) return;
    reference.value = result.ok ? result.value : null;
    referenceFailure.value = result.ok ? null : result.error;
  }

  /** Shows another annotation file of the recording. */
  function chooseAnnotator(name: string): Promise<void> {
    annotator.value = name;
    return readReference();
  }
  /** The next of the recording's annotation files, the first after the last. */
  async function nextAnnotator(): Promise<void> {
    const all = info.value?.annotators ?? [];
    const next = all[(all.indexOf(annotator.value ?? '') + 1) % all.length];
    if (next !== undefined) await chooseAnnotator(next);
  }

  /** Asks again for what was stated of the open recording. */
  function restate(): void {
    const missing = ['samplingRateHz', 'gainAduPerMv'];
    const asked = errSaid('needs-option', 'failures.stateHere');
    failure.value = withDetails(asked, { missing }).error;
    state.value = 'failed';
  }

  function toggleLead(index: number): void {
    const next = new Set(hidden.value);
    if (next.has(index)) next.delete(index);
    else if (leads.value.length > 1) next.add(index);
    hidden.value = next;
  }

  function moveLead(index: number, by: -1 | 1): void {
    const next = [...order.value];
    const from = next.indexOf(index);
    const to = from + by;
    if (from < 0 || to < 0 || to >= next.length) return;
    next.splice(from, 1);
    next.splice(to, 0, index);
    order.value = next;
  }

  return {
    state,
    recordingId,
    info,
    failure,
    changed,
    reference,
    annotator,
    referenceFailure,
    chooseAnnotator,
    nextAnnotator,
    order,
    hidden,
    leadGain,
    leads,
    durationS,
    clockS,
    traceShown,
    untilTraceShown,
    open,
    restate,
    toggleLead,
    moveLead,
  };
});
