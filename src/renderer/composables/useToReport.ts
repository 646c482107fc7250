import { computed } from 'vue';
import type { ChosenStrip } from '../../shared/domain';
import { useAnalysis } from '../stores/analysis';
import { useEvents } from '../stores/events';
import { stripOfFinding, stripOfStretch, useReport } from '../stores/report';
import { useSelection } from '../stores/selection';
import { useView } from '../stores/view';
import { useWalk } from './useWalk';
import { say } from '../words';

/** What is in hand, as a strip of the report: the event, or where segments are walked those chosen or the one shown. */
export function useToReport() {
  const analysis = useAnalysis();
  const events = useEvents();
  const report = useReport();
  const selection = useSelection();
  const view = useView();
  const steps = useWalk();

  const inHand = computed<ChosenStrip | null>(() => {
    if (!steps.bySegment()) {
      const event = events.current;
      // What was rejected is in no report.
      return event && event.state !== 'rejected' ? stripOfFinding(event) : null;
    }
    const chosen = analysis.segments.filter(({ index }) => selection.chosen.has(index));
    const segments = chosen.length > 0 ? chosen : selection.current ? [selection.current] : [];
    const [first, last] = [segments[0], segments.at(-1)];
    if (!first || !last) return null;
    const title =
      segments.length > 1
        ? say('report.chosenSegments')
        : say('report.segmentStrip', { verdict: say(`verdicts.${first.verdict}`) });
    return stripOfStretch(first.startS, last.endS, title);
  });
  const isOn = computed(() => inHand.value !== null && report.ids.has(inHand.value.id));

  return {
    inHand,
    isOn,
    toggle: () => void (inHand.value && report.toggle(inHand.value)),
    takePaper: () =>
      void report.toggle(
        stripOfStretch(view.leftS, view.leftS + view.spanS, say('report.chosenStretchTitle')),
      ),
  };
}
