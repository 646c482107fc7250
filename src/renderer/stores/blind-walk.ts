import { defineStore } from 'pinia';
import { watch } from 'vue';
import { shownOf, type BlindStretch } from '../findings/blind-stretches';
import { useAnalysis } from './analysis';
import { createBlindAnswers } from './blind-answers';
import { useBlind } from './blind';
import { useBlindStretches } from './blind-list';
import { useEvents } from './events';
import { useRecording } from './recording';
import { createNoteInHand } from './note-in-hand';
import { useReview } from './review';
import { useSelection } from './selection';
import { useSight } from './sight';
import { useView } from './view';

/** The walk of a reader who decides first: stretch after stretch in time, each named once they have said what they see. */
export const useBlindWalk = defineStore('blindWalk', () => {
  const analysis = useAnalysis();
  const blind = useBlind();
  const events = useEvents();
  const list = useBlindStretches();
  const recording = useRecording();
  const review = useReview();
  const selection = useSelection();
  const sight = useSight();
  const view = useView();

  /** Goes with the answer; of a stretch in which nothing was found it can be changed later. */
  const { note, goesWith: noteGoesWith } = createNoteInHand(
    () => list.currentId,
    () => (list.current?.segment ? review.noteOf(list.current.segment.index) : ''),
  );

  /** Puts a stretch on the paper; what is in it is in hand once it is not hidden. */
  function show(stretch: BlindStretch): void {
    list.currentId = stretch.id;
    events.rejecting = false;
    const { startS, endS } = shownOf(stretch, view.spanS, recording.durationS);
    view.revealSegment(startS, endS);
    selection.takeAt((startS + endS) / 2);
  }
  function walk(by: 1 | -1): boolean {
    const next = list.at < 0 ? list.stretches[0] : list.stretches[list.at + by];
    if (next) show(next);
    return next !== undefined;
  }
  /** The next of which nothing was said, and on from the beginning. */
  function walkOn(): boolean {
    const all = list.stretches;
    const from = list.at + 1;
    const next = [...all.slice(from), ...all.slice(0, from)].find(list.isHidden);
    if (next) show(next);
    return next !== undefined;
  }
  function resume(): void {
    list.currentId = null;
    if (!walkOn() && list.stretches[0]) show(list.stretches[0]);
  }

  /** Whether something may be said of a stretch, which has to be in sight. */
  function isSeen(stretch: BlindStretch): boolean {
    const { startS, endS } = shownOf(stretch, view.spanS, recording.durationS);
    return sight.mayDecideOn(startS, endS, () => show(stretch));
  }

  const answers = createBlindAnswers({ note, noteGoesWith, isSeen, show, walkOn });

  // The event is in hand as any other once it has its name; what was shown stays shown.
  watch(
    () => [list.current?.id, list.current !== null && !list.isHidden(list.current)] as const,
    ([id, isNamed]) => {
      if (!blind.on) return;
      events.currentId = isNamed ? (list.current?.event?.id ?? null) : null;
      if (id !== undefined && isNamed) blind.shown.add(id);
    },
    { flush: 'sync' },
  );
  watch(
    () => analysis.analysisId,
    () => (list.currentId = null),
  );
  // A reader who begins to decide first goes on from where nothing was said.
  watch(
    () => blind.on && view.tab !== 'segments' && list.stretches.length > 0,
    (begins) => begins && list.current === null && resume(),
  );
  watch(
    () => blind.on,
    (on) => on || (list.currentId = null),
  );

  return { note, show, walk, walkOn, resume, ...answers };
});
