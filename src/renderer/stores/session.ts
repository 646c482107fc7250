import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { MethodOutput } from '../../shared/contract';
import { useTransport } from '../transport';
import { useAnalysis } from './analysis';
import { useRecording } from './recording';
import { useReview } from './review';
import { useSelection } from './selection';
import { useSettings } from './settings';
import { useView } from './view';
import { useWorklist } from './worklist';

/** What happens across stores: starting the window and opening a recording. */
export const useSession = defineStore('session', () => {
  const recording = useRecording();
  const analysis = useAnalysis();
  const review = useReview();
  const selection = useSelection();
  const view = useView();
  const worklist = useWorklist();
  const app = shallowRef<MethodOutput<'app.info'> | null>(null);
  const models = shallowRef<MethodOutput<'models.list'>>({ models: [], defaultModelId: null });

  async function openRecording(id: string): Promise<void> {
    analysis.reset();
    selection.position = -1;
    view.scrollTo(0);
    if (!(await recording.open(id))) return;
    view.scrollTo(0);
    await analyse();
  }

  /** Runs, or looks up, the analysis of the open recording with a model; null is the reader's default. */
  async function analyse(modelId?: string): Promise<void> {
    await analysis.start(modelId);
    await review.load();
    selection.resume();
  }

  async function start(): Promise<void> {
    analysis.listen();
    worklist.listen();
    await Promise.all([
      useSettings().load(),
      worklist.refresh(),
      useTransport()
        .call('app.info', {})
        .then((r) => {
          if (r.ok) app.value = r.value;
        }),
      useTransport()
        .call('models.list', {})
        .then((r) => {
          if (r.ok) models.value = r.value;
        }),
    ]);
    const first = worklist.entries[0];
    if (first && recording.state === 'empty') await openRecording(first.recordingId);
  }

  return { app, models, openRecording, analyse, start };
});
