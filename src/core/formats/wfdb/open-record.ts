import { stat } from 'node:fs/promises';
import path from 'node:path';
import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import { createFilePool, type FilePool } from './file-pool';
import type { Header } from './header';
import { openMulti } from './open-multi';
import { openSingle } from './open-single';
import { readHeader } from './read-header';
import { createReader } from './reader';
import type { RecordReader } from './types';

/**
 * Opens a WFDB record for windowed reading.
 * @param recordPath the header, with or without `.hea`, or one of the record's files (`208.dat`)
 * @returns a reader (close it), or `not-found`, `not-readable`, `not-wfdb`, `bad-header`, `bad-signal`,
 *   `unsupported` or `too-large` with a sentence that names file and field
 */
export async function openRecord(recordPath: string): Promise<Result<RecordReader>> {
  const given = path.resolve(recordPath);
  for (const headerPath of headerCandidates(given)) {
    const header = await readHeader(headerPath);
    if (!header.ok && header.error.code === 'not-found') continue;
    if (!header.ok) return header;
    const pool = createFilePool();
    const reader = await openBehind(header.value, headerPath, pool);
    if (!reader.ok) await pool.close();
    return reader;
  }
  const name = path.basename(given);
  if (!/\.hea$/i.test(given) && (await exists(given))) {
    return errSaid('not-wfdb', 'files.noHeaderBeside', { name });
  }
  return errSaid('not-found', 'failures.notThere', {
    name: path.basename(headerCandidates(given)[0]!),
  });
}

/** Where the header of a path may be: it may be the header itself, a record name or another file of the record. */
function headerCandidates(given: string): string[] {
  if (/\.hea$/i.test(given)) return [given];
  const extension = path.extname(given);
  const beside = extension ? [`${given.slice(0, -extension.length)}.hea`] : [];
  return [`${given}.hea`, ...beside];
}

async function openBehind(
  header: Header,
  headerPath: string,
  pool: FilePool,
): Promise<Result<RecordReader>> {
  const opened = header.segments
    ? await openMulti(header, header.segments, headerPath, pool)
    : await openSingle(header, headerPath, pool);
  if (!opened.ok) return opened;
  const { source, warnings, headerFiles, startClock } = opened.value;
  const facts = {
    name: path.basename(headerPath).replace(/\.hea$/i, ''),
    headerPath,
    frameRateHz: header.frameRateHz,
    startClock,
    comments: header.comments,
    warnings: [...header.warnings, ...warnings],
    headerFiles: [headerPath, ...headerFiles],
  };
  return ok(createReader(facts, source, pool));
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
