import { defineStore } from 'pinia';
import { ref } from 'vue';
import { ok, type Result } from '../../shared/domain/result';
import { errSaid } from '../../shared/domain/said';
import { useTransport } from '../transport';
import { say } from '../words';
import { sayKeys } from '../words/key-names';
import { useReaderKeys } from './reader-keys';
import { useAnalysis } from './analysis';
import { useReview } from './review';
import { useSelection } from './selection';
import { useSettings } from './settings';

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

  /**
   * @param as name under which its reader becomes a second one; empty is that in the file
   * @returns what to say of it
   */
  async function take(file: File, as = ''): Promise<Result<string>> {
    const id = analysis.analysisId;
    if (!id || analysis.status?.state !== 'done') {
      return errSaid('conflict', 'failures.openItFirst', { name: file.name });
    }
    if (analysis.isEarlier) return errSaid('conflict', 'failures.earlierReading');
    const known = new Set((review.state?.secondReads ?? []).map(({ reader }) => reader));
    const result = await useTransport().call('review.import', {
      analysisId: id,
      name: file.name,
      json: await file.text(),
      reader: settings.values.readerName,
      ...(as === '' ? {} : { as }),
    });
    if (!result.ok) return result;
    await review.load();
    selection.resume();
    const { decisions, secondReads = [] } = result.value;
    const joined = secondReads.filter(({ reader }) => !known.has(reader)).at(-1);
    return ok(
      joined
        ? say('reads.joined', {
            name: file.name,
            reader: joined.reader,
            key: sayKeys(useReaderKeys().keyOf('keys.does_differences')),
          })
        : say('exports.imported', { name: file.name, n: decisions.length }),
    );
  }

  return { dropped, keep, take };
});
