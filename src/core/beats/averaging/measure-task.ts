import type { BeatColumns, Measurements, Result, TimeSpan } from '../../../shared/domain';
import { workerRecordings } from '../../recordings/worker-recordings';
import { defineTask } from '../../workers/task';
import { measureRecording, type ReadersWord } from './measure-recording';

export interface MeasureTaskInput extends ReadersWord {
  readonly path: string;
  readonly stretch: TimeSpan;
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
