import type { RecordingForm } from '../../shared/contract';
import type { Result } from '../../shared/domain';
import type { Written } from '../formats/shared/writing/writer';
import { workerRecordings } from '../recordings/worker-recordings';
import { defineTask } from '../workers/task';
import { writeAs } from './convert-recording';

export interface ConvertTaskInput {
  readonly path: string;
  readonly to: RecordingForm;
  /** A folder that holds nothing else. */
  readonly folder: string;
  readonly name: string;
  /** Weeks by which dates move; null leaves who was recorded and when as it is. */
  readonly anonymiseWeeks: number | null;
}

/** Worker task: writes a recording in another format. A day of three leads is some seconds of work. */
export const convertTask = defineTask(
  'convert',
  ({ path, ...input }: ConvertTaskInput, context): Promise<Result<Written>> => {
    const stop = new AbortController();
    const onProgress = (done: number): void => {
      context.progress(done);
      if (context.cancelled()) stop.abort();
    };
    return workerRecordings().use(path, (recording) =>
      writeAs(recording, { ...input, overwrite: false, signal: stop.signal, onProgress }),
    );
  },
);
