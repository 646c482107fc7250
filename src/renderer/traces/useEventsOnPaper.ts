import { computed } from 'vue';
import type { Finding, TimeSpan } from '../../shared/domain';
import { hueOf, wayToSettle } from '../findings/kinds';
import { cellAt } from '../analysis/segments';
import { useAnalysis } from '../stores/analysis';
import { useBlind } from '../stores/blind';
import { useBlindStretches } from '../stores/blind-list';
import { useEvents } from '../stores/events';
import { useFindings } from '../stores/findings';

/** Rates and stretches of the network are no bracket beside an event: they would lie over all others. */
const WIDE: ReadonlySet<Finding['kind']> = new Set<Finding['kind']>([
  'bradycardia',
  'tachycardia',
  'borderline',
  'flagged-unclear',
  'paced',
  'wide-qrs',
]);

/** What of the findings is drawn on the paper; for a reader who decides first, what they have decided. */
export function useEventsOnPaper() {
  const analysis = useAnalysis();
  const blind = useBlind();
  const blindList = useBlindStretches();
  const events = useEvents();
  const findings = useFindings();

  const marked = computed<readonly Finding[]>(() =>
    findings.all
      .filter(
        (one) =>
          wayToSettle(one.kind) === 'one-by-one' &&
          !WIDE.has(one.kind) &&
          one.state !== 'rejected' &&
          !blind.hidesEvent(one),
      )
      .sort((a, b) => a.startS - b.startS),
  );
  const fibrillation = computed<readonly TimeSpan[]>(() =>
    findings.found || blind.on
      ? marked.value.filter(({ kind }) => hueOf(kind) === 'af')
      : analysis.episodes,
  );
  const unreadable = computed<readonly TimeSpan[]>(() => findings.found?.unreadable ?? []);
  const current = (): Finding | null => events.current;
  /** Events that say what their beats are, the shortest first: what is in a long one is told apart from it. */
  const telling = computed(() =>
    blind.on
      ? findings.all
          .filter(({ kind }) => wayToSettle(kind) === 'one-by-one')
          .sort((a, b) => a.durationS - b.durationS)
      : [],
  );

  /** Whether letters at a time would tell what is hidden; null where no event says so. */
  function hidesAt(timeS: number): boolean | null {
    const event = telling.value.find(({ startS, endS }) => startS <= timeS && timeS <= endS);
    if (event) return blind.hidesEvent(event);
    const stretch = blindList.current;
    const isNamed = stretch !== null && !blindList.isHidden(stretch);
    return isNamed && stretch.startS <= timeS && timeS <= stretch.endS ? false : null;
  }

  return {
    current,
    /** Whether the class of a beat at a time is hidden, whoever gave it: the program, or a file of annotations. */
    hidesLetterAt(timeS: number): boolean {
      if (!blind.on) return false;
      const told = hidesAt(timeS);
      if (told !== null) return told;
      const cell = analysis.cells[cellAt(analysis.cells, timeS)];
      return cell ? blind.hidesSegment(cell.segment) : true;
    },
    fibrillation: () => fibrillation.value,
    unreadable: () => unreadable.value,
    /** Events that reach into a stretch, but for the one in hand, in the order of time. */
    beside: (fromS: number, toS: number): readonly Finding[] =>
      marked.value.filter(
        ({ id, startS, endS }) => endS >= fromS && startS <= toS && id !== events.currentId,
      ),
    sources: (): unknown[] => [
      current(),
      marked.value,
      unreadable.value,
      blindList.current && blindList.isHidden(blindList.current),
    ],
  };
}
