import type { BeatColumns, Measurements, Result } from '../../../shared/domain';
import { workerRecordings } from '../../recordings/worker-recordings';
import { defineTask } from '../../workers/task';
import { measureRecording, type ReadersWord, type Stretch } from './measure-recording';

export interface MeasureTaskInput extends ReadersWord {
  readonly path: string;
  readonly stretch: Stretch;
  /** Those of the stretch are enough. */
  readonly beats: Pick<BeatColumns, 'timeS' | 'beatClass'>;
}

/** Worker task: `measureRecording` of a file. */
export const measureTask = defineTask(
  'measure',
  ({ path, stretch, beats, moved, isPaced }: MeasureTaskInput): Promise<Result<Measurements>> =>
    workerRecordings().use(path, (recording) =>
      measureRecording(recording, beats, stretch, { moved, isPaced }),
    ),
);
