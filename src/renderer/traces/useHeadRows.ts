import { computed } from 'vue';
import { useAnalysis } from '../stores/analysis';
import { useRecording } from '../stores/recording';
import { useReview } from '../stores/review';
import { useSettings } from '../stores/settings';
import { useView } from '../stores/view';
import { headRows } from './lanes';

/** Rows of symbols above the first lane, as they are needed now. */
export function useHeadRows() {
  const analysis = useAnalysis();
  const recording = useRecording();
  const review = useReview();
  const settings = useSettings();
  const view = useView();
  return computed(() =>
    headRows({
      episodes: analysis.episodes.length > 0 && !settings.values.blindFirst,
      beats: view.showBeats && review.beats !== null,
      reference: view.showReference && recording.reference !== null,
    }),
  );
}
