import { createReadStream } from 'node:fs';
import path from 'node:path';
import { ok, type Result } from '../../../shared/domain';
import type { Told } from '../../../shared/domain/failure';
import { errSaid, toldBy } from '../../../shared/domain/said';
import { fileFailure } from '../../base/file-failure';
import type { SampleStretch } from '../shared/lead-source';
import { RowCells } from './cells';
import { clockWalk, NO_CLOCK, type ClockTold } from './clock-walk';
import { isPlain, narrow, type TextEncoding } from './encoding';
import type { TableLayout } from './layout';
import { oddLines, type OddLines } from './odd-lines';
import { eachRow, wholeLines } from './rows';

/** Rows that are decoded together. */
export const BLOCK_ROWS = 4096;

const CHUNK_BYTES = 256 * 1024;

/** A line that is longer is none of a table. */
const MAX_LINE_BYTES = 1024 * 1024;

/** Bounds on what times or counts may claim: nothing recorded has more gaps, or lasts longer. */
const MOST_STRETCHES = 100_000;
const LONGEST_S = 400 * 86_400;
/** Share of steps that may be gaps or otherwise not what the others are. */
const MOST_IRREGULAR = 0.1;

/** Rows of a file, counted, with where they lie and what was lost between them. */
export interface RowIndex extends ClockTold {
  readonly rows: number;
  /** Where each block of rows begins in the file, in characters, and where the last one ends. */
  readonly blockBytes: readonly number[];
  /** Rows on the time axis in samples. */
  readonly stretches: readonly SampleStretch[];
  /** Lines among the rows that are no rows of samples, and were left out or read as missing. */
  readonly oddLines: OddLines;
}

/** Regular rows, as far as the beginning of the file tells. */
export interface Regular {
  /** Seconds from row to row; null where neither the file nor a clock column tells. */
  readonly periodS: number | null;
  /** What the times of the clock column are multiples of. */
  readonly resolutionS: number;
}

/**
 * Reads a table once from its first row to its end without keeping it: 0.5 GB of a day's text are counted in bounded
 * memory. Lost rows are found by the clock column, or by a counter that leaves out numbers.
 * @returns `bad-signal` for a line without end and for times that are no times of samples, `not-found`, `not-readable`
 */
export async function indexRows(
  file: string,
  layout: TableLayout,
  encoding: TextEncoding,
  regular: Regular,
): Promise<Result<RowIndex>> {
  const walk = rowWalk(layout, regular);
  let rest: Uint8Array = new Uint8Array(0);
  let position = layout.firstRowByte;
  try {
    for await (const chunk of chunksFrom(file, position, encoding)) {
      const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      const whole = wholeLines(bytes);
      if (whole === 0 && bytes.length > MAX_LINE_BYTES) {
        return errSaid('bad-signal', 'files.lineUnending', { file: path.basename(file), position });
      }
      walk.take(bytes.subarray(0, whole), position);
      const fault = walk.fault();
      if (fault)
        return errSaid('bad-signal', 'files.rowsFault', { file: path.basename(file), fault });
      rest = bytes.subarray(whole);
      position += whole;
    }
  } catch (error) {
    return { ok: false, error: fileFailure(file, error) };
  }
  // The last line may lack its end.
  walk.take(rest, position);
  const fault = walk.fault();
  if (fault) return errSaid('bad-signal', 'files.rowsFault', { file: path.basename(file), fault });
  return ok(walk.finish(position + rest.length));
}

/** The characters of a file from one of them on, a byte each. */
async function* chunksFrom(
  file: string,
  position: number,
  encoding: TextEncoding,
): AsyncIterable<Uint8Array> {
  const start = position * encoding.bytesPerUnit;
  const stream: AsyncIterable<Buffer> = createReadStream(file, {
    start,
    highWaterMark: CHUNK_BYTES,
  });
  if (isPlain(encoding)) return yield* stream;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const whole = bytes.length - (bytes.length % encoding.bytesPerUnit);
    yield narrow(bytes.subarray(0, whole), encoding);
    rest = bytes.subarray(whole);
  }
}

/** Goes through rows in order and notes what `RowIndex` holds. */
function rowWalk(layout: TableLayout, { periodS, resolutionS }: Regular) {
  const { clock, counter, delimiter, decimal } = layout;
  const cells = new RowCells(Math.max(clock?.column ?? 0, counter?.column ?? 0) + 1);
  const times =
    clock !== null && periodS !== null ? clockWalk(clock, decimal, periodS, resolutionS) : null;
  const needsCells = times !== null || counter !== null;
  const odd = oddLines(layout);
  const blockBytes: number[] = [];
  const stretches: { start: number; samples: number; stored: number }[] = [];
  let rows = 0;
  let beforeCount = NaN;

  /** Rows that are missing between the last row and this one. */
  function lostBefore(bytes: Uint8Array): number {
    if (times) return times.lostBefore(bytes, cells, rows + 1);
    if (!counter) return 0;
    const count = cells.number(bytes, counter.column, decimal);
    let step = count - beforeCount;
    if (step <= 0 && counter.modulus !== null) step += counter.modulus;
    if (!Number.isNaN(count)) beforeCount = count;
    const isLoss = step > counter.step && Number.isInteger(step / counter.step);
    return isLoss ? step / counter.step - 1 : 0;
  }

  function row(bytes: Uint8Array, start: number, end: number, at: number): void {
    let lost = 0;
    if (needsCells) {
      cells.find(bytes, start, end, delimiter);
      lost = lostBefore(bytes);
    }
    const last = stretches.at(-1);
    if (!last || lost > 0) {
      const next = last ? last.start + last.samples + lost : 0;
      stretches.push({ start: next, samples: 1, stored: rows });
    } else last.samples++;
    if (rows % BLOCK_ROWS === 0) blockBytes.push(at);
    rows++;
    odd.row(bytes, start, end, rows);
  }

  return {
    take(bytes: Uint8Array, position: number): void {
      eachRow(
        bytes,
        (start, end) => row(bytes, start, end, position + start),
        (start, end) => odd.comment(bytes, start, end, rows),
      );
    },
    /** Why the rows cannot lie in time as they say, null where they can. */
    fault(): Told | null {
      const last = stretches.at(-1);
      const column = ((clock ?? counter)?.column ?? 0) + 1;
      if (rows > 1000 && times && times.irregular() > MOST_IRREGULAR * rows) {
        return toldBy('files.rowsIrregular', { column });
      }
      if (stretches.length > MOST_STRETCHES) {
        return toldBy('files.rowsGaps', { most: MOST_STRETCHES, column });
      }
      if (last && periodS !== null && (last.start + last.samples) * periodS > LONGEST_S) {
        return toldBy('files.rowFar', { row: rows, most: LONGEST_S / 86_400, column });
      }
      return null;
    },
    finish: (endByte: number): RowIndex => ({
      rows,
      blockBytes: [...blockBytes, endByte],
      stretches,
      oddLines: odd.found(),
      ...(times?.finish() ?? NO_CLOCK),
    }),
  };
}
