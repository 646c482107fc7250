import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { blindStretches, type BlindStretch } from '../findings/blind-stretches';
import { useAnalysis } from './analysis';
import { useBlind } from './blind';
import { useEvents } from './events';
import { useFindings } from './findings';
import { useRecording } from './recording';
import { useReview } from './review';
import { useSettings } from './settings';

/**
 * What a reader says of a stretch, that something is in it, that nothing is, or that they cannot tell: its key, what it
 * makes of a finding, and what of a segment in which nothing was flagged.
 */
export const SIGHTS = {
  arrhythmia: { key: 'A', verdict: 'confirm', state: 'confirmed', decision: 'overrule' },
  none: { key: 'O', verdict: 'reject', state: 'rejected', decision: 'agree' },
  unsure: { key: 'U', verdict: 'unsure', state: 'unsure', decision: 'unsure' },
} as const;
export type Sight = keyof typeof SIGHTS;
export const sights = Object.keys(SIGHTS) as Sight[];

/** The stretches that a reader who decides first goes through, and how far and how well they have come. */
export const useBlindStretches = defineStore('blindStretches', () => {
  const analysis = useAnalysis();
  const blind = useBlind();
  const events = useEvents();
  const findings = useFindings();
  const recording = useRecording();
  const review = useReview();
  const settings = useSettings();

  const currentId = ref<string | null>(null);

  /** None before all is read: what came later would change which stretches there are. */
  const stretches = computed<readonly BlindStretch[]>(() =>
    blind.on && findings.found?.soFar === false
      ? blindStretches(events.walkOrder, findings.all, analysis.segments, recording.durationS)
      : [],
  );
  const at = computed(() => stretches.value.findIndex(({ id }) => id === currentId.value));
  const current = computed(() => stretches.value[at.value] ?? null);

  function isHidden({ event, segment }: BlindStretch): boolean {
    return event ? blind.hidesEvent(event) : segment !== null && blind.hidesSegment(segment);
  }
  /** What stands of a stretch in the reader's words; null before they have said anything. */
  function saidOf({ event, segment }: BlindStretch): Sight | null {
    const stands: string = event ? event.state : review.decisionOf(segment!.index);
    const of = event ? 'state' : 'decision';
    return sights.find((sight) => SIGHTS[sight][of] === stands) ?? null;
  }
  const said = computed(() => stretches.value.filter((one) => !isHidden(one)).length);
  /** Answers of this reader that were given blind, of events and segments. */
  const agreement = computed(() => {
    const answers = [...findings.all, ...(review.state?.decisions ?? [])].flatMap(
      ({ blind: one }) => (one?.reader === settings.values.readerName ? [one.agrees] : []),
    );
    const agree = answers.filter((agrees) => agrees === true).length;
    const differ = answers.filter((agrees) => agrees === false).length;
    return { agree, of: agree + differ, unsure: answers.length - agree - differ };
  });

  return { currentId, stretches, at, current, isHidden, saidOf, said, agreement };
});
