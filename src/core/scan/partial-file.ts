import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { ScanRow as ScanRowSchema } from '../../shared/contract';
import { ok, type Result } from '../../shared/domain';
import { fileFailure, writeFailure } from '../base/file-failure';
import { writeThrough } from '../base/write-through';
import { linesOf } from '../base/text-lines';
import { NOT_KEPT } from './scan-recordings';
import type { ScanRow } from './scan-row';

/** A row with what its record's files looked like when it was made. */
interface Line {
  readonly fingerprint: string;
  readonly row: ScanRow;
}

/**
 * The rows of a scan that is under way, in `FILE.partial`: one JSON line per finished record, after a first line
 * that says which scan they belong to. A killed scan leaves it behind; the same scan takes it up.
 */
export interface PartialFile {
  /** A row of an earlier, killed run, if the record has not changed since. */
  known(path: string, fingerprint: string): ScanRow | null;
  append(fingerprint: string, row: ScanRow): Promise<void>;
  /** Every row of an earlier, killed run. */
  earlier(): readonly ScanRow[];
  /** Puts the finished file into its place and removes the partial one. */
  finish(content: Iterable<string | Uint8Array>): Promise<Result<void>>;
  close(): Promise<void>;
}

/**
 * @param out path of the file that the scan is to write
 * @param scan what decides the rows (model, parameters): rows of another scan are not taken up
 * @returns `not-writable`, and `not-readable` where rows of an earlier run are there and cannot be read
 */
export async function openPartialFile(out: string, scan: string): Promise<Result<PartialFile>> {
  const path = `${out}.partial`;
  const anew = `${path}.anew`;
  const earlier = readLines(path, scan);
  if (!earlier.ok) return earlier;
  const before = earlier.value;
  let opened: FileHandle | null = null;
  try {
    // Written anew: a torn last line of the killed run must not swallow the next one. Beside it first: a disk that is
    // full takes nothing of what is there.
    const file = (opened = await open(anew, 'w'));
    await file.appendFile(`${JSON.stringify({ scan })}\n`);
    for (const line of before.values()) await file.appendFile(`${JSON.stringify(line)}\n`);
    await rename(anew, path);
  } catch (cause) {
    await opened?.close().catch(() => undefined);
    await rm(anew, { force: true }).catch(() => undefined);
    return writeFailure(path, cause);
  }
  const handle = opened;
  let writing = Promise.resolve();
  return ok({
    known(path, fingerprint) {
      const line = before.get(path);
      return line?.fingerprint === fingerprint ? line.row : null;
    },
    earlier: () => [...before.values()].map(({ row }) => row),
    append(fingerprint, row) {
      const line: Line = { fingerprint, row };
      writing = writing.then(async () => {
        await handle.appendFile(`${JSON.stringify(line)}\n`);
      });
      return writing;
    },
    async finish(content) {
      try {
        await writing;
        await writeThrough(out, async (part) => {
          const file = await open(part, 'w');
          try {
            for (const piece of content) await file.writeFile(piece);
            await file.sync();
          } finally {
            await file.close();
          }
        });
        await handle.close();
        await rm(path, { force: true });
        return ok(undefined);
      } catch (cause) {
        return writeFailure(out, cause);
      }
    },
    async close() {
      await writing.catch(() => undefined);
      await handle.close().catch(() => undefined);
    },
  });
}

/**
 * The whole rows of an earlier run, by path; none where there was none, or another scan's. Line by line: ten thousand
 * recordings leave more than one text may hold.
 * @returns `not-readable` where there is a file whose rows would be lost
 */
function readLines(path: string, scan: string): Result<Map<string, Line>> {
  const rows = new Map<string, Line>();
  let isFirst = true;
  try {
    for (const text of linesOf(path)) {
      const parsed = parse(text);
      if (isFirst && parsed?.['scan'] !== scan) break;
      isFirst = false;
      const line = rowOf(parsed);
      if (line) rows.set(line.row.path, line);
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT')
      return { ok: false, error: fileFailure(path, cause) };
  }
  return ok(rows);
}

/** Null for a line that is none, of a record that failed, or that the store did not take: the reason may be gone. */
function rowOf(parsed: Record<string, unknown> | null): Line | null {
  const row = ScanRowSchema.safeParse(parsed?.['row']);
  const fingerprint = parsed?.['fingerprint'];
  const isWhole = row.success && !row.data.error && !isUnkept(row.data);
  return isWhole && typeof fingerprint === 'string' ? { fingerprint, row: row.data } : null;
}

function isUnkept({ warnings }: ScanRow): boolean {
  return warnings.some(({ code }) => code === NOT_KEPT);
}

function parse(line: string): Record<string, unknown> | null {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return null;
  }
}
