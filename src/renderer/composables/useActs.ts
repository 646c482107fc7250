import { shallowRef } from 'vue';
import type { Failure, ReviewEdit, ReviewEvent } from '../../shared/domain';
import { editInWords } from '../dialogs/edit-words';
import { useAnalysis } from '../stores/analysis';
import { useBlind } from '../stores/blind';
import { useFindings } from '../stores/findings';
import { useReview } from '../stores/review';
import { useSettings } from '../stores/settings';
import { useTransport } from '../transport';
import { say } from '../words';
import { useClock } from './useClock';

/** The trail of the open recording, the last act first, and what each act did in words. */
export function useActs() {
  const analysis = useAnalysis();
  const blind = useBlind();
  const clock = useClock();
  const findings = useFindings();
  const review = useReview();
  const settings = useSettings();
  const events = shallowRef<readonly ReviewEvent[] | null>(null);
  const failure = shallowRef<Failure | null>(null);

  async function load(): Promise<void> {
    const id = analysis.analysisId;
    if (!id) {
      events.value = [];
      return;
    }
    await review.whenStored();
    const result = await useTransport().call('review.history', {
      analysisId: id,
      reader: settings.values.readerName,
    });
    if (result.ok) events.value = [...result.value.events].reverse();
    else failure.value = result.error;
  }

  function hides(edit: ReviewEdit): boolean {
    if (edit.kind === 'decide-segments')
      return edit.segments.some((index) => blind.hidesSegment({ index }));
    if (edit.kind !== 'decide-findings') return false;
    const found = edit.findings.map(({ id }) => findings.byId.get(id));
    return found.some((one) => one !== undefined && blind.hidesEvent(one));
  }
  const what = (edit: ReviewEdit): string =>
    editInWords(edit, { segments: analysis.segments, at: clock.at, hides });
  /** What an act did, by its place in the trail. */
  function whatOf(sequence: number): string {
    const event = events.value?.find((one) => one.sequence === sequence);
    if (!event) return '';
    const did = what(event.edit);
    return event.action === 'edit' ? did : `${say(`history.${event.action}`)}: ${did}`;
  }

  return { events, failure, load, what, whatOf };
}
