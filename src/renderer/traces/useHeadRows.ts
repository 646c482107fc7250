import { computed } from 'vue';
import { useRecording } from '../stores/recording';
import { useView } from '../stores/view';
import { headRows } from './lanes';

/** Rows of symbols above the first lane, as they are needed now. */
export function useHeadRows() {
  const recording = useRecording();
  const view = useView();
  return computed(() =>
    headRows({ reference: view.showReference && recording.reference !== null }),
  );
}
