import { defineTask } from '../workers/task';
import { ok, type Result, type DisplayFilterId } from '../../shared/domain';
import { millivoltsPerUnit } from '../../shared/domain';
import { readSamples } from '../recordings/read-samples';
import { workerRecordings } from '../recordings/worker-recordings';
import type { OpenRecording } from '../formats/open-recording';
import { columnEnvelope, firstSampleOf, type ColumnGrid } from './columns';
import { readFiltered } from './filtered-samples';

/** A part of a tile: samples [start, end) of a lead, or the min/max pairs of columns [fromColumn, toColumn). */
export type TilePiece =
  | {
      readonly kind: 'samples';
      readonly lead: number;
      readonly start: number;
      readonly end: number;
    }
  | {
      readonly kind: 'envelope';
      readonly lead: number;
      readonly grid: ColumnGrid;
      readonly fromColumn: number;
      readonly toColumn: number;
    };

export interface TileTaskInput {
  readonly path: string;
  readonly filter: DisplayFilterId;
  readonly pieces: readonly TilePiece[];
}

/** Worker task: decodes, filters and reduces the pieces of a tile; one array of values per piece. */
export const tileTask = defineTask(
  'tile',
  (input: TileTaskInput): Promise<Result<Float32Array[]>> => {
    return workerRecordings().use(input.path, async (recording) => {
      const values: Float32Array[] = [];
      for (const piece of input.pieces) {
        const read = await readPiece(recording, piece, input.filter);
        if (!read.ok) return read;
        values.push(read.value);
      }
      return ok(values);
    });
  },
);

async function readPiece(
  recording: OpenRecording,
  piece: TilePiece,
  filter: DisplayFilterId,
): Promise<Result<Float32Array>> {
  const { samplingRateHz: rateHz, units } = recording.leads[piece.lead]!;
  const [start, end] =
    piece.kind === 'samples'
      ? [piece.start, piece.end]
      : [
          firstSampleOf(piece.grid, piece.fromColumn, rateHz),
          firstSampleOf(piece.grid, piece.toColumn, rateHz),
        ];
  // The filter is the ECG's: a blood pressure without its mean would mislead.
  const filtered = filter !== 'raw' && millivoltsPerUnit(units) !== null;
  const samples = filtered
    ? await readFiltered(recording, piece.lead, filter, start, end)
    : await readSamples(recording, piece.lead, start, end);
  if (!samples.ok) return samples;
  if (piece.kind === 'samples') return ok(Float32Array.from(samples.value));
  return ok(columnEnvelope(samples.value, piece.grid, rateHz, piece.fromColumn, piece.toColumn));
}
