import { open, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import { ScanRow as ScanRowSchema } from '../../shared/contract';
import { ok, type Result } from '../../shared/domain';
import { writeFailure } from '../base/file-failure';
import { writeThrough } from '../base/write-through';
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
 */
export async function openPartialFile(out: string, scan: string): Promise<Result<PartialFile>> {
  const path = `${out}.partial`;
  const anew = `${path}.anew`;
  const before = await readLines(path, scan);
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

async function readLines(path: string, scan: string): Promise<Map<string, Line>> {
  const lines = new Map<string, Line>();
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return lines;
  }
  const complete = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  if (parse(complete[0]!)?.['scan'] !== scan) return lines;
  for (const line of complete.slice(1)) {
    const parsed = parse(line);
    const row = ScanRowSchema.safeParse(parsed?.['row']);
    const fingerprint = parsed?.['fingerprint'];
    // Records that failed, or that the store did not take, are tried again: the reason may be gone.
    const isWhole = row.success && !row.data.error && !isUnkept(row.data);
    if (!isWhole || typeof fingerprint !== 'string') continue;
    lines.set(row.data.path, { fingerprint, row: row.data });
  }
  return lines;
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
