import type { RejectedAs } from '../../shared/domain';
import { REJECTED_AS } from '../../shared/domain/finding-kinds';
import { decisionForKey, type DecisionButton } from '../stores/decisions';
import { useCalipers } from '../stores/calipers';
import { useEvents } from '../stores/events';
import { useSelection } from '../stores/selection';
import { useSettings } from '../stores/settings';
import { useView } from '../stores/view';

/**
 * What the keys of the walk do: they are about events, but in the Segments tab, and for a reader who decides first,
 * about segments.
 */
export function useWalk() {
  const calipers = useCalipers();
  const events = useEvents();
  const selection = useSelection();
  const settings = useSettings();
  const view = useView();
  const bySegment = (): boolean => view.tab === 'segments' || settings.values.blindFirst;

  function decide(key: DecisionButton['key']): void {
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
    walk: (by: 1 | -1): unknown => (bySegment() ? selection.walk(by) : events.walk(by)),
    walkNeeding: (): unknown => (bySegment() ? selection.walkUndecided() : events.walkNeeding()),
    decide,
    /** What a rejected event is instead, by the number of its key; false where none is being rejected. */
    rejectAs(number: number): boolean {
      const as: RejectedAs | undefined = REJECTED_AS[number - 1];
      if (!events.rejecting || bySegment() || !as) return false;
      events.decide('reject', as);
      return true;
    },
    /** What was moved and is not kept yet goes first. */
    undo: (redo: boolean): Promise<void> =>
      !redo && calipers.dropPending() ? Promise.resolve() : events.undo(redo),
  };
}
