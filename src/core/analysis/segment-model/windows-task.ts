import { defineTask } from '../../workers/task';
import { ok, type Result } from '../../../shared/domain';
import type { SegmentGrid } from '../../dsp';
import type { RecordReader } from '../../formats/wfdb/types';
import { workerReaders } from '../../recordings/worker-recordings';
import {
  createWindowReader,
  type WindowBatch,
  type WindowReader,
  type WindowSpec,
} from './windows';

export interface WindowsTaskInput {
  readonly headerPath: string;
  readonly lead: number;
  readonly spec: WindowSpec;
  readonly grid: SegmentGrid['kind'];
  /** Segments [first, end) of the grid. */
  readonly first: number;
  readonly end: number;
}

/** Filter and resampling kernels are designed once per open record and lead. */
const windowReaders = new WeakMap<RecordReader, Map<string, WindowReader>>();

/** Worker task: decodes, filters, cuts and standardises a run of segments for a segment model. */
export const windowsTask = defineTask(
  'windows',
  (input: WindowsTaskInput): Promise<Result<WindowBatch>> => {
    return workerReaders().use(input.headerPath, async (reader) => {
      const windows = windowReaderOf(reader, input);
      return windows.ok ? windows.value.read(input.first, input.end) : windows;
    });
  },
);

function windowReaderOf(
  reader: RecordReader,
  { lead, spec, grid }: WindowsTaskInput,
): Result<WindowReader> {
  const key = JSON.stringify([lead, grid, spec]);
  let known = windowReaders.get(reader);
  if (!known) windowReaders.set(reader, (known = new Map<string, WindowReader>()));
  const found = known.get(key);
  if (found) return ok(found);
  const created = createWindowReader(reader, lead, spec, grid);
  if (created.ok) known.set(key, created.value);
  return created;
}
