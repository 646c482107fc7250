import { computed, shallowReactive } from 'vue';
import { useAnalysis } from './analysis';
import { useReview } from './review';
import { useSettings } from './settings';

/**
 * The note of what is in hand: as it is stored, or as its reader has begun to write it. What was begun is there again
 * when the reader comes back, and is shown to no other reader and beside no other recording.
 * @param inHand what the note is of; null for nothing
 * @param stored the note that it has
 */
export function createNoteInHand(inHand: () => string | number | null, stored: () => string) {
  const analysis = useAnalysis();
  const review = useReview();
  const settings = useSettings();
  const begun = shallowReactive(new Map<string, string>());

  const key = computed(() => {
    const what = inHand();
    if (what === null || !analysis.analysisId) return null;
    return JSON.stringify([analysis.analysisId, settings.values.readerName, what]);
  });
  const note = computed<string>({
    get: () => (key.value === null ? '' : (begun.get(key.value) ?? stored())),
    set(text) {
      if (key.value === null) return;
      if (text === stored()) begun.delete(key.value);
      else begun.set(key.value, text);
    },
  });

  /** It goes with an act: once that is stored, so is the note, unless more was written since. */
  function goesWith(act: Promise<unknown>): void {
    const [of, text] = [key.value, note.value];
    if (of === null) return;
    void act.then(() => {
      if (!review.failure && begun.get(of) === text) begun.delete(of);
    });
  }

  return { note, goesWith };
}
