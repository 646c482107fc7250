import type { Ref } from 'vue';
import type { Decision } from '../../shared/domain';
import type { BlindStretch } from '../findings/blind-stretches';
import { useBlind } from './blind';
import { SIGHTS, sights, useBlindStretches } from './blind-list';
import type { DecisionButton } from './decisions';
import { useEvents } from './events';
import { useFindings } from './findings';
import { useReview } from './review';
import { useSight } from './sight';

type Key = DecisionButton['key'];

/** What a walk over stretches can do for what is said on it. */
export interface WalkOfStretches {
  readonly note: Ref<string>;
  noteGoesWith(act: Promise<unknown>): void;
  /** Whether it is in sight; where it is not on the paper it is brought back. */
  isSeen(stretch: BlindStretch): boolean;
  show(stretch: BlindStretch): void;
  walkOn(): boolean;
}

/** What a reader who decides first says of the stretch in hand. */
export function createBlindAnswers({ note, noteGoesWith, isSeen, show, walkOn }: WalkOfStretches) {
  const blind = useBlind();
  const events = useEvents();
  const findings = useFindings();
  const list = useBlindStretches();
  const review = useReview();
  const sight = useSight();

  /** Says what is seen; of what is named already it is another decision, and the same again moves on. */
  function answer(key: Key): void {
    const id = list.currentId;
    if (review.state) return answerNow(key);
    if (!sight.mayDecide()) return;
    void review.whenLoaded().then((loaded) => loaded && list.currentId === id && answerNow(key));
  }
  function answerNow(key: Key): void {
    const stretch = list.current;
    const said = sights.find((one) => SIGHTS[one].key === key);
    if (!stretch || !said || !isSeen(stretch)) return;
    const { verdict, decision } = SIGHTS[said];
    if (!list.isHidden(stretch)) {
      if (list.saidOf(stretch) === said) walkOn();
      else if (!stretch.event) void decideSegment(stretch, decision, false);
      else if (said === 'none') events.reject();
      else events.decide(verdict);
      return;
    }
    const isBlind = !blind.shown.has(stretch.id);
    const text = note.value;
    if (!stretch.event) return noteGoesWith(decideSegment(stretch, decision, isBlind, text));
    const decided = findings.decide([stretch.event], verdict, text, null, isBlind);
    noteGoesWith(decided);
    events.note = text;
    events.noteGoesWith(decided);
  }
  function decideSegment(
    { segment }: BlindStretch,
    decision: Exclude<Decision, 'none'>,
    isBlind: boolean,
    text = review.noteOf(segment!.index),
  ): Promise<void> {
    return review.decide([segment!.index], decision, text, isBlind);
  }

  /** A note on a stretch in which nothing was found, once that is said of it. */
  function keepNote(): void {
    const segment = list.current?.segment;
    if (!segment || blind.hidesSegment(segment) || note.value === review.noteOf(segment.index))
      return;
    noteGoesWith(review.decide([segment.index], review.decisionOf(segment.index), note.value));
  }

  /** Takes the last change back, or makes it again, and shows the stretch that it was about. */
  async function undo(redo: boolean): Promise<void> {
    events.rejecting = false;
    if (!review.state && !(await review.whenLoaded())) return;
    const before = new Map(list.stretches.map((one) => [one.id, list.saidOf(one)]));
    await findings.undo(redo);
    const changed = list.stretches.find((one) => before.get(one.id) !== list.saidOf(one));
    if (changed) show(changed);
  }

  return { answer, keepNote, undo };
}
