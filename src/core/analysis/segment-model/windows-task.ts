import { defineTask } from '../../workers/task';
import { ok, type Result } from '../../../shared/domain';
import type { SegmentGrid } from '../../dsp';
import type { OpenRecording } from '../../formats/open-recording';
import { workerRecordings } from '../../recordings/worker-recordings';
import {
  createWindowReader,
  type WindowBatch,
  type WindowReader,
  type WindowSpec,
} from './windows';

export interface WindowsTaskInput {
  readonly path: string;
  readonly lead: number;
  readonly spec: WindowSpec;
  readonly grid: SegmentGrid['kind'];
  /** Segments [first, end) of the grid. */
  readonly first: number;
  readonly end: number;
}

/** Filter and resampling kernels are designed once per open record and lead. */
const windowReaders = new WeakMap<OpenRecording, Map<string, WindowReader>>();

/** Worker task: decodes, filters, cuts and standardises a run of segments for a segment model. */
export const windowsTask = defineTask(
  'windows',
  (input: WindowsTaskInput): Promise<Result<WindowBatch>> => {
    return workerRecordings().use(input.path, async (recording) => {
      const windows = windowReaderOf(recording, input);
      return windows.ok ? windows.value.read(input.first, input.end) : windows;
    });
  },
);

function windowReaderOf(
  recording: OpenRecording,
  { lead, spec, grid }: WindowsTaskInput,
): Result<WindowReader> {
  const key = JSON.stringify([lead, grid, spec]);
  let known = windowReaders.get(recording);
  if (!known) windowReaders.set(recording, (known = new Map<string, WindowReader>()));
  const found = known.get(key);
  if (found) return ok(found);
  const created = createWindowReader(recording, lead, spec, grid, { findBeats: true });
  if (created.ok) known.set(key, created.value);
  return created;
}
