import type { RejectedAs } from '../../shared/domain';
import { REJECTED_AS } from '../../shared/domain/finding-kinds';
import { decisionForKey, type DecisionButton } from '../stores/decisions';
import { useBlind } from '../stores/blind';
import { useBlindWalk } from '../stores/blind-walk';
import { useCalipers } from '../stores/calipers';
import { useEvents } from '../stores/events';
import { useNetworks } from '../stores/networks';
import { useReads } from '../stores/reads';
import { useSelection } from '../stores/selection';
import { useView } from '../stores/view';

/**
 * What the keys of the walk do: they are about events, but in the Segments tab about segments. For a reader who decides
 * first they are about stretches of which nothing is told before.
 */
export function useWalk() {
  const blind = useBlind();
  const blindWalk = useBlindWalk();
  const calipers = useCalipers();
  const events = useEvents();
  const networks = useNetworks();
  const reads = useReads();
  const selection = useSelection();
  const view = useView();
  /** Only what two reads differ on. */
  const byDifference = (): boolean => reads.comparing && view.tab === 'events';
  const bySegment = (): boolean => view.tab === 'segments';
  const byStretch = (): boolean => blind.on && !bySegment() && !byDifference();

  function decide(key: DecisionButton['key']): void {
    if (byDifference()) {
      const verdict = ({ A: 'confirm', O: 'reject', U: 'unsure' } as const)[key];
      return void reads.settle('own', verdict);
    }
    if (byStretch()) return blindWalk.answer(key);
    if (!bySegment()) {
      if (key === 'O') events.reject();
      else events.decide(key === 'A' ? 'confirm' : 'unsure');
      return;
    }
    const segment = selection.current;
    if (segment) selection.decide(decisionForKey(segment, selection.isHidden(segment), key));
  }

  return {
    bySegment,
    byDifference,
    byStretch,
    walk(by: 1 | -1): void {
      if (networks.walking) networks.walk(by);
      else if (byDifference()) reads.walk(by);
      else if (byStretch()) blindWalk.walk(by);
      else if (bySegment()) selection.walk(by);
      else events.walk(by);
    },
    walkNeeding(): void {
      if (byDifference()) reads.walkOpen();
      else if (byStretch()) blindWalk.walkOn();
      else if (bySegment()) selection.walkUndecided();
      else events.walkNeeding();
    },
    decide,
    /** Confirms what is left of the open kind of events. */
    confirmTogether(): void {
      if (!bySegment() && !byDifference() && !byStretch()) events.confirmTogether();
    },
    /**
     * By the number of a key: the side of a difference, or what a rejected event is instead; false where there is nothing
     * to choose.
     */
    choose(number: number): boolean {
      if (byDifference()) {
        if (number <= 2) void reads.settle(number === 1 ? 'first' : 'second');
        return true;
      }
      const as: RejectedAs | undefined = REJECTED_AS[number - 1];
      if (!events.rejecting || bySegment() || !as) return false;
      events.decide('reject', as);
      return true;
    },
    /** What was moved and is not kept yet goes first. */
    undo: (redo: boolean): Promise<void> =>
      !redo && calipers.dropPending()
        ? Promise.resolve()
        : calipers.settled().then(() => (byStretch() ? blindWalk.undo(redo) : events.undo(redo))),
  };
}
