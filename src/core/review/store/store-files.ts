/** One file holds everything that Fiducial keeps: worklist, analyses, decisions, settings. */
export const STORE_FILE = 'fiducial.db';
/** The text that lies beside it. */
export const TEXT_TRAIL_FILE = 'fiducial-trail.jsonl';
/** Dated copies of it. */
export const BACKUP_FOLDER = 'backups';
/** Stores that were replaced by what could be read of them. */
export const DAMAGED_FOLDER = 'damaged';

/** Says that a look at the whole store found damage while it was in use: it is mended at the next start. */
export const SUSPECT_FILE = 'fiducial.suspect';

/** A time for the name of a file, to the second, in UTC: `20261128T191502Z`. */
export function dateStamp(date: Date): string {
  return `${date.toISOString().replace(/[-:]|\.\d+/g, '')}`;
}
