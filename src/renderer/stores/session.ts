import { defineStore } from 'pinia';
import { shallowRef, watch } from 'vue';
import type { MethodOutput } from '../../shared/contract';
import type { AnalysisStatus, RecordingEntry } from '../../shared/domain';
import { useTransport } from '../transport';
import { useAnalysis } from './analysis';
import { useBlind } from './blind';
import { useConnection } from './connection';
import { useEvents } from './events';
import { useFindings } from './findings';
import { useRecording, type Stated } from './recording';
import { useReview } from './review';
import { useScan } from './scan';
import { useSelection } from './selection';
import { useSettings } from './settings';
import { useView } from './view';
import { useWorklist } from './worklist';

/** How long the start waits for a record named on the command line before it opens the last one again. */
const OPENED_FROM_OUTSIDE_MS = 250;

/** What happens across stores: starting the window and opening a recording. */
export const useSession = defineStore('session', () => {
  const recording = useRecording();
  const analysis = useAnalysis();
  const events = useEvents();
  const findings = useFindings();
  const review = useReview();
  const selection = useSelection();
  const view = useView();
  const worklist = useWorklist();
  const app = shallowRef<MethodOutput<'app.info'> | null>(null);
  const models = shallowRef<MethodOutput<'models.list'>>({ models: [], defaultModelId: null });

  async function openRecording(id: string, stated?: Stated): Promise<void> {
    analysis.reset();
    view.showWorklist = false;
    view.hour = null;
    selection.position = -1;
    view.scrollTo(0);
    if (!(await recording.open(id, stated))) return;
    view.scrollTo(0);
    movesAtStart = view.moves;
    // Hashing and analysing a day would take both cores from its first trace.
    await recording.untilTraceShown();
    if (recording.recordingId === id) await read();
  }

  /** Files that changed under the reader are read anew, at the place where the reader is. */
  async function readAnew(): Promise<void> {
    const id = recording.recordingId;
    if (id === null || recording.state === 'opening') return;
    const placeS = lost?.of === id ? lost.placeS : view.leftS;
    analysis.reset();
    const isOpen = await recording.open(id);
    if (recording.recordingId !== id) return;
    recording.changed = true;
    // Files that are gone may come back, as those of a share that was away for a moment.
    lost = isOpen ? null : { of: id, placeS };
    if (!isOpen) return;
    view.scrollTo(placeS);
    await read();
  }
  /** Where the reader was in a recording whose files went away. */
  let lost: { readonly of: string; readonly placeS: number } | null = null;

  /** Opens once more what could not be read, at the place where the reader was in it. */
  async function tryAgain(): Promise<void> {
    const id = recording.recordingId;
    if (id === null || recording.state !== 'failed') return;
    await (lost?.of === id ? readAnew() : openRecording(id));
  }

  /** Runs, or looks up, the analysis of the open recording with a model; null is the reader's default. */
  function analyse(modelId?: string, lead: number | null = null): Promise<void> {
    beginWalk();
    return read(modelId, lead);
  }

  async function read(modelId?: string, lead: number | null = null): Promise<void> {
    selection.position = -1;
    await analysis.start(modelId, lead);
    await review.load();
    if (isBySegment()) {
      // Where the reader has gone meanwhile, the reader stays.
      if (selection.position < 0) selection.resume();
      return;
    }
    if (selection.position < 0) selection.select(0, false);
    void findings.load();
  }

  /** Shows an earlier reading of the open recording as it was left; null goes back to the present one. */
  async function showReading(earlier: AnalysisStatus | null): Promise<void> {
    selection.position = -1;
    beginWalk();
    await (earlier ? analysis.showEarlier(earlier) : analysis.showPresent());
    await review.load();
    selection.select(0, false);
  }

  const isBySegment = (): boolean => view.tab === 'segments';
  /** Moves of the paper when the walk began; null where it stood elsewhere than at the start of the recording. */
  let movesAtStart: number | null = null;
  function beginWalk(): void {
    movesAtStart = view.leftS === 0 ? view.moves : null;
  }
  /**
   * Takes up the walk through the events once all are known, unless the reader has gone somewhere: the start of the
   * recording too is a place to go to.
   */
  function takeUp(): void {
    const isFinal = findings.found?.soFar === false && review.state !== null;
    // A walk in which nothing is told before takes itself up.
    if (!isFinal || isBySegment() || useBlind().on) return;
    if (events.currentId === null && view.moves === movesAtStart) events.resume();
  }

  /** Opens what came in if it is one recording; several are on the worklist to choose from. */
  function openAdmitted(entries: readonly RecordingEntry[]): void {
    const [only] = entries;
    if (only && entries.length === 1) void openRecording(only.recordingId);
  }

  watch(() => findings.version, takeUp);

  // Decisions are about verdicts: once these are complete, the counts are read again.
  watch(
    () => analysis.status?.state,
    (state, before) => {
      if (state === 'done' && before !== undefined && before !== 'done') void review.load();
    },
  );

  /** Reads which models there are, and which are in use. */
  async function loadModels(): Promise<void> {
    const listed = await useTransport().call('models.list', {});
    if (listed.ok) models.value = listed.value;
  }

  async function start(): Promise<void> {
    const transport = useTransport();
    analysis.listen();
    worklist.listen();
    const catchUp = (): void => {
      void worklist.refresh();
      analysis.catchUp();
      void review.load();
      void useScan().catchUp();
    };
    useConnection().listen(catchUp);
    useSettings().followDisplay();
    transport.on('recording.filesChanged', ({ recordingId }) => {
      if (recordingId === recording.recordingId) void readAnew();
    });
    transport.on('review.changed', ({ analysisId, sequence }) => {
      void review.follow(analysisId, sequence);
    });
    transport.onHost('host.missed', catchUp);
    let admitted = false;
    transport.onHost('host.admitted', (payload) => {
      admitted = true;
      void worklist.admit({ ok: true, value: payload }).then((entries) => {
        // What is open already stays where the reader has scrolled to.
        if (!entries.some((e) => e.recordingId === recording.recordingId))
          if (entries[0]) void openRecording(entries[0].recordingId);
      });
    });
    transport.onHost('host.failed', (failure) => {
      worklist.failure = failure;
    });
    await Promise.all([
      useSettings().load(),
      worklist.refresh(),
      transport.call('app.info', {}).then((r) => {
        if (r.ok) app.value = r.value;
      }),
      loadModels(),
    ]);
    await new Promise((resolve) => setTimeout(resolve, OPENED_FROM_OUTSIDE_MS));
    if (admitted || recording.state !== 'empty') return;
    const last = worklist.entries
      .filter((e) => e.openedAtMs !== null && e.state !== 'failed')
      .sort((a, b) => b.openedAtMs! - a.openedAtMs!)[0];
    if (last) await openRecording(last.recordingId);
  }

  return {
    app,
    models,
    loadModels,
    openRecording,
    openAdmitted,
    analyse,
    showReading,
    tryAgain,
    start,
  };
});
