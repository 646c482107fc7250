import { defineStore } from 'pinia';
import { ref } from 'vue';
import { err, ok, type Result } from '../../shared/domain/result';
import { useTransport } from '../transport';
import { useAnalysis } from './analysis';
import { useReview } from './review';
import { useSelection } from './selection';
import { useSettings } from './settings';
import { say } from '../words';

/** Takes over reviews that were exported elsewhere: files that were chosen, and files that were dropped on the window. */
export const useReviewImport = defineStore('review-import', () => {
  const analysis = useAnalysis();
  const review = useReview();
  const selection = useSelection();
  const settings = useSettings();
  /** Dropped, and not yet taken over. */
  const dropped = ref<File | null>(null);

  /** Keeps a dropped file that is a review, by its ending: no recording ends so. @returns the other files */
  function keep(files: readonly File[]): readonly File[] {
    const reviews = files.filter(({ name }) => /\.json$/i.test(name));
    dropped.value = reviews[0] ?? null;
    return files.filter((file) => !reviews.includes(file));
  }

  /** @returns what to say of it */
  async function take(file: File): Promise<Result<string>> {
    const id = analysis.analysisId;
    if (!id || analysis.status?.state !== 'done') {
      return err('conflict', say('exports.openItFirst', { name: file.name }));
    }
    const result = await useTransport().call('review.import', {
      analysisId: id,
      name: file.name,
      json: await file.text(),
      reader: settings.values.readerName,
    });
    if (!result.ok) return result;
    await review.load();
    selection.resume();
    const count = result.value.decisions.length;
    return ok(say('exports.imported', { name: file.name, n: count }));
  }

  return { dropped, keep, take };
});
