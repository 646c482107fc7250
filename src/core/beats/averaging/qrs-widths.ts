import {
  ok,
  type BeatColumns,
  type QrsWidth,
  type Result,
  type TimeSpan,
} from '../../../shared/domain';
import type { OpenRecording } from '../../formats/open-recording';
import { workerRecordings } from '../../recordings/worker-recordings';
import { defineTask } from '../../workers/task';
import { qrsMsOf } from './measure';
import { measuredStretch } from './measured-stretch';

/** So many stretches, evenly over the recording, of so many seconds: what holds in all of them holds throughout. */
const STRETCHES = 6;
const STRETCH_S = 20;

/** Where the width is measured: the whole of a short recording, else stretches that begin and end with it. */
export function widthStretches(durationS: number): TimeSpan[] {
  if (durationS <= 2 * STRETCH_S) return [{ startS: 0, endS: durationS }];
  const count = Math.min(STRETCHES, Math.floor(durationS / STRETCH_S));
  return Array.from({ length: count }, (_, i) => {
    const startS = (i * (durationS - STRETCH_S)) / (count - 1);
    return { startS, endS: startS + STRETCH_S };
  });
}

/** @param beats of the stretch; class N counts. @returns null where there is no averaged beat or it has no marks */
export async function qrsWidth(
  recording: OpenRecording,
  beats: Pick<BeatColumns, 'timeS' | 'beatClass'>,
  stretch: TimeSpan,
): Promise<Result<QrsWidth | null>> {
  const input = await measuredStretch(recording, beats, stretch);
  if (!input.ok) return input;
  const measured = qrsMsOf({ ...input.value, isPaced: false });
  return ok(measured && { ...stretch, ...measured });
}

export interface QrsWidthTaskInput {
  readonly path: string;
  readonly stretch: TimeSpan;
  /** Those of the stretch are enough. */
  readonly beats: Pick<BeatColumns, 'timeS' | 'beatClass'>;
}

/** Worker task: `qrsWidth` of a file. */
export const qrsWidthTask = defineTask(
  'qrs-width',
  ({ path, stretch, beats }: QrsWidthTaskInput): Promise<Result<QrsWidth | null>> =>
    workerRecordings().use(path, (recording) => qrsWidth(recording, beats, stretch)),
);
