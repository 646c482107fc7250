import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type {
  BeatsOfFamilies,
  Decision,
  Failure,
  PlacedEdit,
  Result,
  ReviewEdit,
  ReviewState,
  SegmentDecision,
} from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import { createBeatEdits } from '../../shared/domain/apply-beat-edits';
import { useTransport } from '../transport';
import { useAnalysis } from './analysis';
import { createKnownEdits, namedBy } from './beat-edits';
import { createFold } from './changing';
import { useSettings } from './settings';

interface Held {
  readonly of: string;
  readonly state: ReviewState;
  readonly beatEdits: readonly PlacedEdit[];
}
const NO_EDITS: readonly PlacedEdit[] = [];

/**
 * The reader's decisions. A decision is called saved only once the service has answered that it is stored;
 * until then it is shown as being saved, and a refusal is shown as what it is.
 */
export const useReview = defineStore('review', () => {
  const analysis = useAnalysis();
  const settings = useSettings();
  const held = shallowRef<Held | null>(null);
  /** Null until the decisions on the analysis shown have come; nothing can be decided before. */
  const state = computed(() => (held.value?.of === analysis.analysisId ? held.value!.state : null));
  const savedAtMs = ref<number | null>(null);
  const saving = ref(0);
  const failure = shallowRef<Failure | null>(null);
  /** Decisions that have been sent and not yet answered: of two on one segment the first to be answered leaves the other. */
  const sent = shallowRef<ReadonlyMap<number, { readonly decision: Decision }>>(new Map());
  /** The acts of this page that an undo takes back, the last one last; none where that is not known. */
  let own: object[] = [];
  const forget = (): void => void (own = []);
  watch(() => [analysis.analysisId, settings.values.readerName], forget);

  const bySegment = computed(() => {
    const map = new Map<number, SegmentDecision>();
    for (const decision of state.value?.decisions ?? []) map.set(decision.segment, decision);
    return map;
  });

  const known = createKnownEdits();
  const decided = createFold<SegmentDecision[]>();
  const editsOf = computed(() => (analysis.beats ? createBeatEdits(analysis.beats) : null));
  const beatEdits = computed(() => (state.value ? held.value!.beatEdits : NO_EDITS));
  /** The model's beats with what the reader changed, and which were set by hand; the model's own stay in the analysis. */
  const edited = computed(() => editsOf.value?.(beatEdits.value) ?? null);
  const beats = computed(() => edited.value?.beats ?? null);

  /** No action of the store: each call of one is told to all who listen, thousands of times for a list of a day. */
  const decisionOf = computed(() => {
    const [onTheirWay, kept] = [sent.value, bySegment.value];
    return (segment: number): Decision =>
      onTheirWay.get(segment)?.decision ?? kept.get(segment)?.decision ?? 'none';
  });
  function noteOf(segment: number): string {
    return bySegment.value.get(segment)?.note ?? '';
  }

  // Answers are applied in the order of the requests, so that an older state never replaces a newer one.
  let queue: Promise<unknown> = Promise.resolve();
  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = queue.then(work);
    queue = done.catch(() => undefined);
    return done;
  }

  /**
   * Waits for every act made so far, stored or refused. The service answers requests as they reach it: what is read of
   * the review without waiting may be of before an act that the reader has just made.
   */
  async function whenStored(): Promise<void> {
    for (let last: unknown = null; last !== queue;) {
      last = queue;
      await queue;
    }
  }

  /** Reads the decisions on the analysis shown. */
  async function load(): Promise<void> {
    const id = analysis.analysisId;
    if (!state.value) {
      savedAtMs.value = null;
      failure.value = null;
    }
    if (!id) return;
    await inTurn(() => read(id));
  }

  /** Another page, or an import, has added to the review shown: it is read anew once this page's own acts are stored. */
  async function follow(id: string, sequence: number): Promise<void> {
    if (id !== analysis.analysisId || !state.value) return;
    await whenStored();
    if (analysis.analysisId !== id || (state.value?.sequence ?? 0) >= sequence) return;
    forget();
    await inTurn(() => read(id));
  }

  async function read(id: string): Promise<void> {
    const asked = { analysisId: id, reader: settings.values.readerName };
    const result = await useTransport().call('review.summary', asked);
    if (analysis.analysisId !== id) return;
    if (result.ok) held.value = { of: id, state: result.value, beatEdits: allOf(result.value) };
    else failure.value = result.error;
  }
  const allOf = (all: ReviewState): readonly PlacedEdit[] => known.taken(all, 0, null) ?? NO_EDITS;

  /** @returns once the decisions made earlier are there; false if another analysis is shown before */
  function whenLoaded(): Promise<boolean> {
    const id = analysis.analysisId;
    return new Promise((resolve) => {
      const stop = watch(
        [state, () => analysis.analysisId],
        ([loaded, now]) => {
          if (!loaded && now === id) return;
          resolve(now === id);
          // The first call comes before there is anything to stop.
          void Promise.resolve().then(() => stop());
        },
        { immediate: true },
      );
    });
  }

  /** An earlier reading stays as its readers left it: whoever acts on it is told so. */
  function refusesEarlier(): boolean {
    if (analysis.isEarlier) failure.value = errSaid('conflict', 'failures.earlierReading').error;
    return analysis.isEarlier;
  }

  function run(work: () => Promise<void>): Promise<void> {
    saving.value++;
    return inTurn(work).finally(() => {
      saving.value--;
    });
  }

  /**
   * @param id the analysis it is of, where something had to be waited for: the one shown may be another by then
   * @param of families whose beats it is about, by which these are then named instead of by their times
   */
  function edit(
    change: ReviewEdit,
    id: string | null = analysis.analysisId,
    of: BeatsOfFamilies | null = null,
  ): Promise<void> {
    if (!id || refusesEarlier()) return Promise.resolve();
    if (id === analysis.analysisId && !state.value)
      return whenLoaded().then((loaded) => (loaded ? edit(change, id, of) : undefined));
    // Who acts is who reads now, not who reads when what was sent before has been stored.
    const reader = settings.values.readerName;
    const indices = change.kind === 'decide-segments' ? change.segments : [];
    if (change.kind === 'decide-segments')
      sent.value = new Map([...sent.value, ...indices.map((i) => [i, change] as const)]);
    own.push(change);
    return run(async () => {
      try {
        await send(id, change, reader, of);
      } finally {
        const left = new Map(sent.value);
        for (const i of indices) if (left.get(i) === change) left.delete(i);
        sent.value = left;
      }
    });
  }

  async function send(
    id: string,
    change: ReviewEdit,
    reader: string,
    of: BeatsOfFamilies | null = null,
  ): Promise<void> {
    const knowsActs = known.knowsActs(id);
    const by = { analysisId: id, reader, knowsActs, knowsDecided: decided.knows(id) ?? '' };
    const named = of && namedBy(change, of);
    const result = named
      ? await useTransport().call('families.decide', { ...by, ...named })
      : await useTransport().call('review.decide', { ...by, edit: change });
    if (analysis.analysisId === id) await apply(id, result, knowsActs, change);
  }

  /**
   * Makes an act that hangs on how those before it left things: it is chosen once their answers have come.
   * @param choose null where there is nothing to do any more
   * @param stored called before the next act is chosen
   */
  async function editThen(
    choose: () => ReviewEdit | null,
    stored: () => void = () => undefined,
  ): Promise<void> {
    const id = analysis.analysisId;
    const reader = settings.values.readerName;
    if (!id || refusesEarlier()) return;
    if (!state.value && !(await whenLoaded())) return;
    const act = {};
    own.push(act);
    return run(async () => {
      const change = analysis.analysisId === id ? choose() : null;
      if (!change) {
        own = own.filter((one) => one !== act);
        return;
      }
      await send(id, change, reader);
      if (analysis.analysisId === id && !failure.value) stored();
    });
  }

  async function apply(
    of: string,
    result: Result<ReviewState>,
    knowsActs: number,
    own: ReviewEdit | null = null,
  ): Promise<void> {
    if (!result.ok) {
      failure.value = result.error;
      forget();
      return;
    }
    savedAtMs.value = Date.now();
    failure.value = null;
    const edits = known.taken(result.value, knowsActs, own);
    const decisions = decisionsOf(of, result.value);
    if (edits && decisions)
      held.value = { of, state: { ...result.value, decisions }, beatEdits: edits };
    // It is stored; where how things stand then cannot be read, that is said.
    else await read(of);
  }

  const decisionsOf = (of: string, told: ReviewState): SegmentDecision[] | null =>
    told.decided ? decided.taken(of, told.decided) : told.decisions;

  /** @param blind said before the network's word was shown */
  function decide(
    segments: number[],
    decision: Decision,
    note: string,
    blind = false,
  ): Promise<void> {
    const said = blind ? { blind } : {};
    return edit({ kind: 'decide-segments', segments, decision, note, ...said });
  }

  async function undo(redo = false): Promise<void> {
    const id = analysis.analysisId;
    const reader = settings.values.readerName;
    if (!id || refusesEarlier()) return;
    // What was pressed before waits for the decisions made earlier, too: what is taken back is that, and none of those.
    if (!state.value && !(await whenLoaded())) return;
    if (redo) forget();
    else own.pop();
    return run(async () => {
      // A key too many is no act that was not saved.
      if ((redo ? state.value?.canRedo : state.value?.canUndo) === false) return;
      const knowsActs = known.knowsActs(id);
      const knowsDecided = decided.knows(id) ?? '';
      const asked = { analysisId: id, redo, reader, knowsActs, knowsDecided };
      const result = await useTransport().call('review.undo', asked);
      if (analysis.analysisId === id) await apply(id, result, knowsActs);
    });
  }

  return {
    state,
    /** The edit that an undo would take back; undefined where that is not known here. */
    lastOwn: () => own.at(-1),
    whenLoaded,
    whenStored,
    savedAtMs,
    saving,
    failure,
    bySegment,
    beats,
    edited,
    decisionOf,
    noteOf,
    load,
    follow,
    edit,
    editThen,
    decide,
    undo,
  };
});
