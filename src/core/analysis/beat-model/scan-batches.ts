import type { ModelCard } from '../../../shared/domain';
import { answeringSequence, SEQUENCE_BEATS, sequenceStarts } from './beat-sequences';

/** Rows per batch: 12 of 64 beats in three leads are 0.9 MB, and the network's own memory stays small. */
const BATCH_ROWS = 12;
const HALF = SEQUENCE_BEATS / 2;

/** One row of a batch: 64 beats from `start` on, whose answers count for the beats [fromBeat, endBeat). */
export interface ScanRow {
  readonly start: number;
  readonly fromBeat: number;
  readonly endBeat: number;
}

/**
 * Whether a model's scan graph reads every beat once (training/beat_attention/scan_graph.py): then the rows of a batch
 * follow each other, and the graph makes the overlapping sequences of them. Such a graph has a file of its own; a card
 * that names one file for scan and explain is of a graph whose rows are the sequences.
 */
export function readsBeatsOnce({ files }: Pick<ModelCard, 'files'>): boolean {
  const { scan, explain } = files;
  return scan !== undefined && explain !== undefined && scan.sha256 !== explain.sha256;
}

/**
 * Batches of rows that answer for all beats of a stretch, every beat by the sequence in which it lies nearest the
 * middle (`answeringSequence`), whichever way the sequences are made.
 */
export function scanBatches(beats: number, isReadOnce: boolean): ScanRow[][] {
  const starts = sequenceStarts(beats);
  const owner = answeringSequence(beats, starts);
  const owned = starts.map((start, i) => ({
    start,
    fromBeat: owner.indexOf(i),
    endBeat: owner.lastIndexOf(i) + 1,
  }));
  return isReadOnce ? followingRows(owned) : chunks(owned, BATCH_ROWS);
}

/**
 * Rows in place of sequences: each batch goes on with the sequence that comes after the last of the batch before, so
 * it begins with half a row that was read already. What is not as far from its neighbour as the others, the last
 * sequence, is a batch by itself.
 */
function followingRows(sequences: readonly ScanRow[]): ScanRow[][] {
  const batches: ScanRow[][] = [];
  const isRegular = ({ start }: ScanRow): boolean => start % HALF === 0;
  const regular = sequences.filter(isRegular);
  for (let first = 0; first < regular.length;) {
    const rows = Math.min(BATCH_ROWS, Math.ceil((regular.length - first) / 2));
    const part = regular.slice(first, first + 2 * rows - 1);
    const { fromBeat } = part[0]!;
    const { endBeat } = part[part.length - 1]!;
    batches.push(
      Array.from({ length: rows }, (_, k) => {
        const start = part[2 * k]!.start;
        return {
          start,
          fromBeat: k === 0 ? fromBeat : start,
          endBeat: k === rows - 1 ? endBeat : start + SEQUENCE_BEATS,
        };
      }),
    );
    first += part.length;
  }
  return [...batches, ...sequences.filter((row) => !isRegular(row)).map((row) => [row])];
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, i) => items.slice(i * size, (i + 1) * size));
}
