import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import {
  segmentsOfColumns,
  type AnalysisStatus,
  type BeatColumns,
  type Failure,
  type Overlay,
  type RhythmEpisode,
  type Segment,
  type TimeSpan,
} from '../../shared/domain';
import { onTimeGrid } from '../analysis/overlay-grid';
import { cellAt, cellsOf, mergedSegments } from '../analysis/segments';
import { useSlowly } from '../composables/useSlowly';
import { useTransport } from '../transport';
import { useRecording } from './recording';
import { useSettings } from './settings';
import { useView } from './view';
import { createWishes } from './wishes';

/** Events come several times a second while an analysis runs. */
const SILENCE_MS = 1500;

/** A place on the paper is looked at once it is scrolled past no faster than this. */
const LOOK_MS = 300;

/** Overlays kept; one is about 32 kB. */
const MAX_OVERLAYS = 240;

/** What the model says of the open recording, as far as it is known. */
export const useAnalysis = defineStore('analysis', () => {
  const recording = useRecording();
  const settings = useSettings();
  const view = useView();
  const status = shallowRef<AnalysisStatus | null>(null);
  const failure = shallowRef<Failure | null>(null);
  /** In order of their index; may have holes while the analysis runs. */
  const segments = shallowRef<readonly Segment[]>([]);
  const beats = shallowRef<BeatColumns | null>(null);
  const episodes = shallowRef<readonly RhythmEpisode[]>([]);
  const overlays = new Map<number, Overlay>();
  /** Changes whenever an overlay has arrived; overlays themselves stay out of reactive state. */
  const overlayVersion = ref(0);

  /** The last request for an overlay was refused, as by a model that has none. */
  const cannotExplain = ref(false);

  const cells = computed(() => cellsOf(segments.value, recording.durationS));
  const running = computed(
    () => status.value?.state === 'running' || status.value?.state === 'queued',
  );
  const analysisId = computed(() => status.value?.analysisId ?? null);
  /** The reading that an earlier one is shown instead of, as it was left. */
  const present = shallowRef<AnalysisStatus | null>(null);
  const isEarlier = computed(() => present.value !== null);

  function reset(): void {
    clearTimeout(watching);
    lastNewsMs = 0;
    status.value = null;
    present.value = null;
    failure.value = null;
    segments.value = [];
    beats.value = null;
    episodes.value = [];
    overlays.clear();
    wishes.want([]);
    pending.length = 0;
  }

  /** Starts the analysis of the open recording, or takes up what the store has. */
  async function start(
    modelId: string | null = settings.values.modelId,
    lead: number | null = null,
  ): Promise<void> {
    const id = recording.recordingId;
    if (!id) return;
    reset();
    const result = await useTransport().call('analysis.start', {
      recordingId: id,
      modelId,
      lead,
      view: inSight(),
    });
    if (recording.recordingId !== id) return;
    if (!result.ok) {
      failure.value = result.error;
      return;
    }
    status.value = result.value;
    await readAll();
    watchOver();
  }

  /** Shows a stored reading that the service names among the earlier ones, instead of the present one. */
  async function showEarlier(earlier: AnalysisStatus): Promise<void> {
    const id = recording.recordingId;
    const now = present.value ?? status.value;
    if (!id || !now) return;
    reset();
    present.value = now;
    status.value = { ...earlier, recordingId: id };
    await readAll();
  }

  async function showPresent(): Promise<void> {
    const now = present.value;
    if (!now) return;
    reset();
    status.value = now;
    await readAll();
    // It may have ended meanwhile.
    watchOver();
  }

  const inSight = (): TimeSpan => ({ startS: view.leftS, endS: view.leftS + view.spanS });
  // What is looked at is found first: asked for where the analysis has not come to yet.
  watch(
    useSlowly(() => view.leftS + view.spanS / 2, LOOK_MS),
    (middleS) => {
      const id = analysisId.value;
      if (!id || !running.value || isKnownAt(middleS)) return;
      void useTransport().call('analysis.look', { analysisId: id, view: inSight() });
    },
  );
  function isKnownAt(timeS: number): boolean {
    const cell = cells.value[cellAt(cells.value, timeS)];
    return cell !== undefined && cell.startS <= timeS && timeS < cell.endS;
  }

  /** Reads everything there is so far. Segments that arrive meanwhile are merged by their index. */
  async function readAll(): Promise<void> {
    const id = analysisId.value;
    if (!id) return;
    const transport = useTransport();
    const found = await transport.call('analysis.segments', { analysisId: id });
    if (analysisId.value !== id) return;
    if (found.ok) merge(segmentsOfColumns(found.value.segments));
    if (status.value?.state === 'done') await readBeats(id);
  }

  /** Takes over a status from an event or an answer; what is new with it is read. */
  function apply(next: AnalysisStatus): void {
    const before = status.value?.state;
    // An answer may overtake an event that says less.
    if (before === 'done') return;
    status.value = next;
    lastNewsMs = Date.now();
    if (next.state === 'done') void readAll();
  }

  // A short analysis may end before the answer that names it has come, and a stream of events may break off:
  // whenever there has been no news for a while, the service is asked.
  let lastNewsMs = 0;
  let watching: ReturnType<typeof setTimeout> | undefined;
  function watchOver(): void {
    clearTimeout(watching);
    const id = analysisId.value;
    if (!id || !running.value) return;
    const ask = async (): Promise<void> => {
      if (Date.now() - lastNewsMs < SILENCE_MS) return;
      const result = await useTransport().call('analysis.status', { analysisId: id });
      if (result.ok && analysisId.value === id) apply(result.value);
    };
    void ask().then(() => {
      if (analysisId.value === id) watching = setTimeout(watchOver, SILENCE_MS);
    });
  }

  /** Asks at once whether anything was missed, as after a lost connection. */
  function catchUp(): void {
    lastNewsMs = 0;
    watchOver();
    void readAll();
  }

  async function readBeats(id: string): Promise<void> {
    const result = await useTransport().call('analysis.beats', { analysisId: id });
    if (analysisId.value !== id) return;
    if (result.ok) {
      beats.value = result.value.beats;
      episodes.value = result.value.episodes;
    }
  }

  function merge(more: readonly Segment[]): void {
    if (more.length === 0) return;
    segments.value = mergedSegments(segments.value, more);
  }

  // Segments may come hundreds at a time; one merge per frame is enough for the eye.
  const pending: Segment[] = [];
  let frame = 0;
  function flush(): void {
    frame = 0;
    merge(pending.splice(0));
  }

  function listen(): () => void {
    const transport = useTransport();
    const offs = [
      transport.on('analysis.segment', (event) => {
        if (event.analysisId !== analysisId.value) return;
        pending.push(...event.segments);
        if (frame === 0) frame = requestAnimationFrame(flush);
      }),
      transport.on('analysis.progress', (next) => {
        if (next.analysisId !== analysisId.value) return;
        apply(next);
      }),
    ];
    return () => offs.forEach((off) => off());
  }

  async function cancel(): Promise<void> {
    const id = analysisId.value;
    if (!id) return;
    const result = await useTransport().call('analysis.cancel', { analysisId: id });
    if (result.ok && analysisId.value === id) status.value = result.value;
  }

  /** Overlay of a segment if it is at hand; `explain` fetches it. */
  function overlayOf(segment: number): Overlay | undefined {
    return overlays.get(segment);
  }

  /** Asks for the overlays of what is looked at, in this order; what was asked for before and is not is dropped. */
  function explain(indices: readonly number[]): void {
    wishes.want(indices.filter((index) => !overlays.has(index)));
  }

  const wishes = createWishes(async (index, signal) => {
    const id = analysisId.value;
    if (!id) return;
    const asked = { analysisId: id, segment: index };
    const result = await useTransport().call('analysis.explain', asked, { signal });
    if (analysisId.value !== id || signal.aborted) return;
    cannotExplain.value = !result.ok && result.error.code !== 'cancelled';
    if (!result.ok) return;
    overlays.set(index, onTimeGrid(result.value));
    if (overlays.size > MAX_OVERLAYS) overlays.delete(overlays.keys().next().value!);
    overlayVersion.value++;
  });

  return {
    status,
    failure,
    segments,
    beats,
    episodes,
    cells,
    running,
    analysisId,
    present,
    isEarlier,
    showEarlier,
    showPresent,
    overlayVersion,
    cannotExplain,
    reset,
    start,
    catchUp,
    listen,
    cancel,
    overlayOf,
    explain,
  };
});
