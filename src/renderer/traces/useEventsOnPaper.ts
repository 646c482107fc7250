import { computed } from 'vue';
import type { Finding, TimeSpan } from '../../shared/domain';
import { hueOf, wayToSettle } from '../findings/kinds';
import { useAnalysis } from '../stores/analysis';
import { useEvents } from '../stores/events';
import { useFindings } from '../stores/findings';
import { useSettings } from '../stores/settings';

/** Rates and stretches of the network are no bracket beside an event: they would lie over all others. */
const WIDE: ReadonlySet<Finding['kind']> = new Set<Finding['kind']>([
  'bradycardia',
  'tachycardia',
  'borderline',
  'flagged-unclear',
  'paced',
  'wide-qrs',
]);

/** What of the findings is drawn on the paper; nothing, for a reader who decides first. */
export function useEventsOnPaper() {
  const analysis = useAnalysis();
  const events = useEvents();
  const findings = useFindings();
  const settings = useSettings();

  const marked = computed<readonly Finding[]>(() =>
    settings.values.blindFirst
      ? []
      : findings.all
          .filter(
            ({ kind, state }) =>
              wayToSettle(kind) === 'one-by-one' && !WIDE.has(kind) && state !== 'rejected',
          )
          .sort((a, b) => a.startS - b.startS),
  );
  const fibrillation = computed<readonly TimeSpan[]>(() =>
    settings.values.blindFirst
      ? []
      : findings.found
        ? marked.value.filter(({ kind }) => hueOf(kind) === 'af')
        : analysis.episodes,
  );
  const unreadable = computed<readonly TimeSpan[]>(() => findings.found?.unreadable ?? []);
  const current = (): Finding | null => (settings.values.blindFirst ? null : events.current);

  return {
    current,
    fibrillation: () => fibrillation.value,
    unreadable: () => unreadable.value,
    /** Events that reach into a stretch, but for the one in hand, in the order of time. */
    beside: (fromS: number, toS: number): readonly Finding[] =>
      marked.value.filter(
        ({ id, startS, endS }) => endS >= fromS && startS <= toS && id !== events.currentId,
      ),
    sources: (): unknown[] => [current(), marked.value, unreadable.value],
  };
}
