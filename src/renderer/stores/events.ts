import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { Finding, RejectedAs } from '../../shared/domain';
import { wayToSettle, FINDING_KINDS, type FindingKind } from '../findings/kinds';
import { worstFirst } from '../../shared/domain/severity';
import { useAnalysis } from './analysis';
import { useBlind } from './blind';
import type { Verdict } from './finding-acts';
import { useFindings } from './findings';
import { createNoteInHand } from './note-in-hand';
import { useReview } from './review';
import { useSelection } from './selection';
import { useSight } from './sight';
import { useView } from './view';

/** The events of one kind, worst first, with what became of them. */
export interface KindOfEvents {
  readonly kind: FindingKind;
  readonly events: readonly Finding[];
  readonly decided: number;
  /** Open ones that are urgent. */
  readonly needYou: number;
}

/** An event longer than the paper is shown from its start, with this much before it. */
const LEAD_IN_S = 1.2;

const isOpen = ({ state }: Finding): boolean => state === 'open';
const needsYou = (finding: Finding): boolean => finding.urgent && isOpen(finding);

/** The event in hand, the kind that is open, and the walk from one event to the next, worst first. */
export const useEvents = defineStore('events', () => {
  const analysis = useAnalysis();
  const blind = useBlind();
  const findings = useFindings();
  const review = useReview();
  const selection = useSelection();
  const sight = useSight();
  const view = useView();

  const currentId = ref<string | null>(null);
  const openKind = ref<FindingKind | null>(null);
  /** A rejection waits for what it is instead. */
  const rejecting = ref(false);
  /** How far an earlier sitting came; null once work goes on. */
  const resumed = shallowRef<{ decided: number; of: number; reader: string; atMs: number } | null>(
    null,
  );

  const kinds = computed<readonly KindOfEvents[]>(() => {
    const byKind = new Map<FindingKind, Finding[]>();
    for (const finding of findings.all) {
      const ofKind = byKind.get(finding.kind);
      if (ofKind) ofKind.push(finding);
      else byKind.set(finding.kind, [finding]);
    }
    return FINDING_KINDS.flatMap((kind) => {
      const events = byKind.get(kind);
      if (!events) return [];
      const decided = events.filter((one) => !isOpen(one)).length;
      return [
        { kind, events: worstFirst(events), decided, needYou: events.filter(needsYou).length },
      ];
    });
  });
  const oneByOne = computed(() =>
    kinds.value.filter(({ kind }) => wayToSettle(kind) === 'one-by-one'),
  );
  /** What is settled by the form of its beats, without what was rejected. */
  const heldByForm = computed(() =>
    kinds.value.flatMap(({ kind, events }) => {
      const n = events.filter(({ state }) => state !== 'rejected').length;
      return wayToSettle(kind) === 'by-form' && n > 0 ? [{ kind, n }] : [];
    }),
  );
  /** All events of the walk: kind after kind by urgency, worst first within each. */
  const walkOrder = computed(() => oneByOne.value.flatMap(({ events }) => events));
  const decided = computed(() => oneByOne.value.reduce((sum, kind) => sum + kind.decided, 0));
  const needYou = computed(() => oneByOne.value.reduce((sum, kind) => sum + kind.needYou, 0));
  /** None while it is hidden from a reader who decides first. */
  const current = computed<Finding | null>(() => {
    const event = currentId.value === null ? undefined : findings.byId.get(currentId.value);
    return event && !blind.hidesEvent(event) ? event : null;
  });
  const { note, goesWith: noteGoesWith } = createNoteInHand(
    () => currentId.value,
    () => findings.byId.get(currentId.value ?? '')?.note ?? '',
  );
  const ofOpenKind = computed(
    () => kinds.value.find(({ kind }) => kind === openKind.value)?.events ?? [],
  );

  /** Takes an event in hand, opens its kind, and puts it whole on the paper with what lies around it. */
  function show(finding: Finding): void {
    currentId.value = finding.id;
    openKind.value = finding.kind;
    rejecting.value = false;
    const isLong = finding.endS - finding.startS > view.spanS - 1;
    if (isLong) view.scrollTo(finding.startS - LEAD_IN_S);
    else view.reveal(finding.startS, finding.endS);
    selection.takeAt(
      isLong ? finding.startS + view.spanS / 2 : (finding.startS + finding.endS) / 2,
    );
  }

  /** Opens a kind at its first open event; closes it where it is open. */
  function toggleKind(kind: FindingKind): void {
    if (openKind.value === kind) {
      openKind.value = null;
      return;
    }
    openKind.value = kind;
    const events = ofOpenKind.value;
    const first = events.find(isOpen) ?? events[0];
    if (first) show(first);
  }

  function step(by: 1 | -1, wanted: (finding: Finding) => boolean, around: boolean): boolean {
    const order = walksSignal() ? ofOpenKind.value : walkOrder.value;
    const at = order.findIndex(({ id }) => id === currentId.value);
    const last = around ? order.length : by > 0 ? order.length - 1 - at : Math.max(0, at);
    for (let i = 1; i <= last; i++) {
      const next = order[(at + by * i + 2 * order.length) % order.length];
      if (!next || !wanted(next)) continue;
      show(next);
      return true;
    }
    return false;
  }
  /** What is no event of the walk, as noise, is gone through by itself. */
  function walksSignal(): boolean {
    return openKind.value !== null && wayToSettle(openKind.value) !== 'one-by-one';
  }

  /** Next or previous event of the open kind, worst first, and on into the next kind. */
  function walk(by: 1 | -1): boolean {
    return step(by, () => true, false);
  }
  /** Next event that needs the reader, wherever it is; where none does, the next open one. */
  function walkNeeding(): boolean {
    return step(1, needsYou, true) || step(1, isOpen, true);
  }
  /** After a decision: the next open event of the kind, then of all. */
  function walkOn(): boolean {
    // What was just named is to be seen with its name, and the next is not to be given away by its place.
    if (blind.on) return false;
    const kind = current.value?.kind;
    return step(1, (one) => isOpen(one) && one.kind === kind, true) || walkNeeding();
  }

  /** Whether an event may be decided on, which has to be in sight. */
  const isSeen = (event: Finding): boolean =>
    sight.mayDecideOn(event.startS, event.endS, () => show(event));

  /**
   * Does something once the decisions made earlier are there, where the event is still in hand: what was not drawn when
   * the key came was not seen by whoever pressed it.
   */
  function once(work: () => void): void {
    if (review.state) return work();
    if (!sight.mayDecide()) return;
    const id = currentId.value;
    void review.whenLoaded().then((loaded) => loaded && currentId.value === id && work());
  }

  /** Decides on the event in hand and shows the next open one. The same decision again only moves on. */
  function decide(verdict: Verdict, rejectedAs: RejectedAs | null = null): void {
    once(() => decideNow(verdict, rejectedAs));
  }
  function decideNow(verdict: Verdict, rejectedAs: RejectedAs | null): void {
    const event = current.value;
    if (!event || !isSeen(event)) return;
    rejecting.value = false;
    resumed.value = null;
    const state = { confirm: 'confirmed', reject: 'rejected', unsure: 'unsure' }[verdict];
    const text = note.value;
    const same =
      event.state === state &&
      event.note === text &&
      (rejectedAs === null || event.rejectedAs === rejectedAs);
    if (!same) noteGoesWith(findings.decide([event], verdict, text, rejectedAs));
    walkOn();
  }

  /**
   * Open events of a kind that may be confirmed together: none that is urgent, and none before the worst was decided by
   * itself.
   */
  function togetherOf(kind: FindingKind | null): readonly Finding[] {
    const all = oneByOne.value.find((one) => one.kind === kind)?.events ?? [];
    if (!all[0] || isOpen(all[0])) return [];
    return all.filter((one) => isOpen(one) && !one.urgent);
  }

  /** Confirms what is left of the open kind, as one act, and shows the next open event. */
  function confirmTogether(): void {
    once(confirmTogetherNow);
  }
  function confirmTogetherNow(): void {
    const rest = togetherOf(openKind.value);
    if (rest.length === 0 || !sight.mayDecide()) return;
    rejecting.value = false;
    resumed.value = null;
    void findings.decide(rest, 'confirm', '');
    walkOn();
  }

  /** Begins a rejection, which asks what it is instead; pressed again, it is rejected without saying. */
  function reject(): void {
    once(rejectNow);
  }
  function rejectNow(): void {
    const event = current.value;
    if (!event || !isSeen(event)) return;
    if (event.state === 'rejected' || rejecting.value) decideNow('reject', null);
    else rejecting.value = true;
  }

  /** A note on a decided event is kept by itself; on an open one it goes with the decision. */
  function keepNote(): void {
    const event = current.value;
    if (!event || event.state === 'open' || note.value === event.note) return;
    const verdict = ({ confirmed: 'confirm', rejected: 'reject', unsure: 'unsure' } as const)[
      event.state
    ];
    noteGoesWith(findings.decide([event], verdict, note.value, event.rejectedAs ?? null));
  }

  /** Takes the last change back, or makes it again, and shows what it was about. */
  async function undo(redo = false): Promise<void> {
    rejecting.value = false;
    if (!review.state && !(await review.whenLoaded())) return;
    // What it was about is told from what was found before it; nothing waits for that, or a key after it would overtake it.
    const isKnown = findings.found !== null;
    const before = findings.byId;
    const from = review.state;
    const isOfSegment = await selection.undo(redo, findings.undo);
    const changed = findings.all.find((one) => {
      const was = before.get(one.id);
      return was && (was.state !== one.state || was.note !== one.note);
    });
    // A line of the report that is taken back, or another's act, is seen nowhere here: the next press would take back more.
    const isElsewhere = isKnown && !changed && !isOfSegment && review.state !== from;
    sight.refuse(isElsewhere ? (redo ? 'redoneElsewhere' : 'undoneElsewhere') : null);
    if (changed) show(changed);
  }

  /** Takes up work where it stopped: the first event that needs the reader, or else the first open one. */
  function resume(): void {
    const order = walkOrder.value;
    const last = order
      .filter(({ decidedAtMs }) => decidedAtMs !== null)
      .sort((a, b) => b.decidedAtMs! - a.decidedAtMs!)[0];
    resumed.value = last
      ? {
          decided: decided.value,
          of: order.length,
          reader: last.reader ?? '',
          atMs: last.decidedAtMs!,
        }
      : null;
    const next = order.find(needsYou) ?? order.find(isOpen) ?? order[0];
    if (next) show(next);
  }

  function reset(): void {
    currentId.value = null;
    openKind.value = null;
    rejecting.value = false;
    resumed.value = null;
  }
  watch(() => analysis.analysisId, reset);

  // What is in hand has its name in sight: from here on nothing is said of it blind.
  watch(current, (event) => event && blind.shown.add(event.id), { immediate: true, flush: 'sync' });

  return {
    kinds,
    oneByOne,
    heldByForm,
    walkOrder,
    decided,
    needYou,
    current,
    currentId,
    openKind,
    ofOpenKind,
    rejecting,
    note,
    noteGoesWith,
    resumed,
    show,
    toggleKind,
    walk,
    walkNeeding,
    togetherOf,
    decide,
    confirmTogether,
    reject,
    isSeen,
    keepNote,
    undo,
    resume,
  };
});
