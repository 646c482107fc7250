import { defineStore } from 'pinia';
import { computed, shallowReactive, watch } from 'vue';
import type { Finding, Segment } from '../../shared/domain';
import { wayToSettle } from '../findings/kinds';
import { useAnalysis } from './analysis';
import { useFindings } from './findings';
import { useReview } from './review';
import { useSettings } from './settings';

/** What is hidden from a reader who decides first: the one place that says so, for lists, paper, cards and dialogs. */
export const useBlind = defineStore('blind', () => {
  const analysis = useAnalysis();
  const findings = useFindings();
  const review = useReview();
  const settings = useSettings();

  const on = computed(() => settings.values.blindFirst);
  /** The network's word on a segment is hidden until the reader has decided on it. */
  function hidesSegment({ index }: Pick<Segment, 'index'>): boolean {
    return on.value && review.decisionOf(index) === 'none';
  }
  /** Kind, value and place of an event are hidden until the reader has said what they see. */
  function hidesEvent({ state }: Pick<Finding, 'state'>): boolean {
    return on.value && state === 'open';
  }
  /** Page 1, and who changed which of its numbers, name what is still hidden. */
  const hidesReport = computed(
    () =>
      on.value &&
      (!findings.found ||
        // As long as the analysis runs nobody knows what there will be to decide.
        findings.found.soFar ||
        findings.all.some((one) => wayToSettle(one.kind) === 'one-by-one' && hidesEvent(one))),
  );

  /** What was in hand with its name in sight: what is said of it after that is not said blind, undone or not. */
  const shown = shallowReactive(new Set<string>());
  watch(
    () => analysis.analysisId,
    () => shown.clear(),
    { flush: 'sync' },
  );
  /** Keys of `shown`. */
  const segmentKey = (index: number): string => `segment ${index}`;

  return { on, hidesSegment, hidesEvent, hidesReport, shown, segmentKey };
});
