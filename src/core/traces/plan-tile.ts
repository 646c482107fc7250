import { METHODS, type Lane, type MethodInput, type MethodOutput } from '../../shared/contract';

import type { OpenRecording } from '../formats/open-recording';
import { COARSE_COLUMN_S } from './coarse-envelope';
import type { ColumnGrid } from './columns';
import type { TilePiece } from './tile-task';

type TileLead = MethodOutput<'traces.tile'>['leads'][number];

/** Samples that one task decodes at most: 15 ms of work or so, after which another tile may go first. */
const TASK_SAMPLES = 100_000;
/** Tiles of more samples than this are no scrolling any more: they do not share a thread with what is. */
const LARGEST_INTERACTIVE = 1_000_000;
/** Columns of raw samples hold this many at most. */
const SAMPLES_PER_COLUMN = 2;

export interface TilePlan {
  readonly lane: Lane;
  /** Every lead of the answer without its values, and the number of values it will have. */
  readonly leads: readonly (Omit<TileLead, 'values'> & { readonly length: number })[];
  /** Leads, as positions in `leads`, that are put together from coarse chunks instead of tasks. */
  readonly coarse: readonly number[];
  /** Work, one list per task; `target` is a position in `leads`, `offset` the place of the values. */
  readonly tasks: readonly (readonly {
    readonly target: number;
    readonly offset: number;
    readonly piece: TilePiece;
  }[])[];
}

/**
 * Splits a tile into tasks of bounded size. The range is clipped to the recording: columns past its end are
 * not in the answer.
 */
export function planTile(
  opened: OpenRecording,
  { leads, startS, endS, widthPx }: Omit<MethodInput<'traces.tile'>, 'recordingId' | 'filter'>,
): TilePlan {
  const stepS = (endS - startS) / widthPx;
  const grid: ColumnGrid = { startS, stepS };
  const answer: {
    lead: number;
    kind: 'samples' | 'envelope';
    t0S: number;
    stepS: number;
    length: number;
  }[] = [];
  const pieces: { target: number; offset: number; piece: TilePiece; samples: number }[] = [];
  const coarse: number[] = [];

  leads.forEach((lead, target) => {
    const rateHz = opened.leads[lead]!.samplingRateHz;
    const total = opened.leads[lead]!.samples;
    if (stepS * rateHz <= SAMPLES_PER_COLUMN) {
      const start = Math.min(total, Math.max(0, Math.floor(startS * rateHz)));
      const end = Math.max(start, Math.min(total, Math.ceil(endS * rateHz) + 1));
      answer.push({
        lead,
        kind: 'samples',
        t0S: start / rateHz,
        stepS: 1 / rateHz,
        length: end - start,
      });
      pieces.push({
        target,
        offset: 0,
        piece: { kind: 'samples', lead, start, end },
        samples: end - start,
      });
      return;
    }
    const columns = Math.max(
      0,
      Math.min(widthPx, Math.ceil((total / rateHz - startS) / stepS - 1e-9)),
    );
    answer.push({ lead, kind: 'envelope', t0S: startS, stepS, length: 2 * columns });
    if (stepS >= COARSE_COLUMN_S) {
      coarse.push(target);
      return;
    }
    const columnsPerTask = Math.max(1, Math.floor(TASK_SAMPLES / (stepS * rateHz)));
    for (let from = 0; from < columns; from += columnsPerTask) {
      const to = Math.min(columns, from + columnsPerTask);
      pieces.push({
        target,
        offset: 2 * from,
        piece: { kind: 'envelope', lead, grid, fromColumn: from, toColumn: to },
        samples: (to - from) * stepS * rateHz,
      });
    }
  });

  const tasks: (typeof pieces)[] = [];
  let samplesInTask = Infinity;
  for (const piece of pieces) {
    if (samplesInTask + piece.samples > TASK_SAMPLES) {
      tasks.push([]);
      samplesInTask = 0;
    }
    tasks.at(-1)!.push(piece);
    samplesInTask += piece.samples;
  }
  const samples = pieces.reduce((sum, piece) => sum + piece.samples, 0);
  return {
    leads: answer,
    coarse,
    tasks,
    lane: samples > LARGEST_INTERACTIVE ? 'bulk' : METHODS['traces.tile'].lane,
  };
}
