import type { StandingCheckpoint } from '../standing-checkpoint';
import { asBytes, asNumbers, digestOf, TextColumn } from './columns';
import type { Database } from './sql';
import { EVENT_COLUMNS, eventRowOf } from './event-rows';

/** What stands of a trail as of one of its lines, whose link of the chain it belongs to. */
export interface Checkpoint {
  readonly hash: string;
  readonly standing: StandingCheckpoint;
}

/** Goes up with every change of what a checkpoint holds or of how a trail is folded: older ones are then not read. */
const FOLD_VERSION = 1;

const digest = (analysisId: string, sequence: number, hash: string, fold: string): string =>
  digestOf([FOLD_VERSION, analysisId, sequence, hash, fold]);

/** Puts the checkpoint of an analysis in the place of the one before. Inside the transaction of the events. */
export function putCheckpoint(
  database: Database,
  analysisId: string,
  { hash, standing }: Checkpoint,
): void {
  const { sequence } = standing;
  const fold = JSON.stringify(standing);
  database.run('INSERT OR REPLACE INTO trail_checkpoints VALUES (?, ?, ?, ?, ?)', [
    ...[analysisId, sequence, hash, fold, digest(analysisId, sequence, hash, fold)],
  ]);
}

/** Sequence that a checkpoint is as of; 0 where there is none. */
export function checkpointSequence(database: Database, analysisId: string): number {
  const row = database.get(
    `SELECT ${asNumbers('sequence')} FROM trail_checkpoints WHERE analysis_id = ?`,
    [analysisId],
  );
  return Number(row?.['sequence'] ?? 0);
}

/** @returns null where there is none that is as it was written, or the trail goes another way than when it was */
export function checkpointOf(database: Database, analysisId: string): Checkpoint | null {
  const row = database.get(
    `SELECT ${asNumbers('sequence')}, ${asBytes('hash', 'fold', 'digest')}
     FROM trail_checkpoints WHERE analysis_id = ?`,
    [analysisId],
  );
  if (!row) return null;
  const sequence = Number(row['sequence']);
  const [hash, fold, written] = ['hash', 'fold', 'digest'].map(
    (name) => TextColumn.safeParse(row[name]).data,
  );
  if (hash === undefined || fold === undefined) return null;
  if (written !== digest(analysisId, sequence, hash, fold)) return null;
  const raw = database.get(
    `SELECT ${EVENT_COLUMNS} FROM review_events WHERE analysis_id = ? AND sequence = ?`,
    [analysisId, sequence],
  );
  if (!raw || eventRowOf(raw)?.hash !== hash) return null;
  return { hash, standing: JSON.parse(fold) as StandingCheckpoint };
}

export function dropCheckpoint(database: Database, analysisId: string): void {
  database.run('DELETE FROM trail_checkpoints WHERE analysis_id = ?', [analysisId]);
}
