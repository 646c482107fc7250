import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { err, ok, type Result } from '../../shared/domain';
import { createFilePool, fileFailure, type FilePool } from './file-pool';
import { parseHeader, type Header } from './header';
import { LIMITS } from './limits';
import { openSingle } from './open-single';
import { createReader } from './reader';
import type { RecordReader } from './types';

/**
 * Opens a WFDB record for windowed reading.
 * @param recordPath the header, with or without `.hea`, or one of the record's files (`208.dat`)
 * @returns a reader (close it), or `not-found`, `not-readable`, `not-wfdb`, `bad-header`, `bad-signal`,
 *   `unsupported` or `too-large` with a sentence that names file and field
 */
export async function openRecord(recordPath: string): Promise<Result<RecordReader>> {
  const headerPath = await findHeader(path.resolve(recordPath));
  if (!headerPath.ok) return headerPath;
  const header = await readHeader(headerPath.value);
  if (!header.ok) return header;
  const pool = createFilePool();
  const reader = await openBehind(header.value, headerPath.value, pool);
  if (!reader.ok) await pool.close();
  return reader;
}

async function openBehind(
  header: Header,
  headerPath: string,
  pool: FilePool,
): Promise<Result<RecordReader>> {
  if (header.segments)
    return err('unsupported', `${path.basename(headerPath)} has several segments.`);
  const opened = await openSingle(header, headerPath, pool);
  if (!opened.ok) return opened;
  const facts = {
    name: path.basename(headerPath, '.hea'),
    headerPath,
    frameRateHz: header.frameRateHz,
    startClock: header.startClock,
    comments: header.comments,
    warnings: [...header.warnings, ...opened.value.warnings],
    headerFiles: [headerPath],
  };
  return ok(createReader(facts, opened.value.source, pool));
}

/** Reads and parses a header file. */
export async function readHeader(headerPath: string): Promise<Result<Header>> {
  const name = path.basename(headerPath);
  try {
    const status = await stat(headerPath);
    if (!status.isFile()) return err('not-wfdb', `${name} is not a regular file.`);
    if (status.size > LIMITS.headerBytes)
      return err('too-large', `${name} is too large for a header.`);
    return parseHeader(await readFile(headerPath), name);
  } catch (error) {
    return err(...fileFailure(error, headerPath));
  }
}

async function findHeader(given: string): Promise<Result<string>> {
  if (given.endsWith('.hea')) return ok(given);
  const extension = path.extname(given);
  const candidates = [`${given}.hea`];
  if (extension) candidates.push(`${given.slice(0, -extension.length)}.hea`);
  for (const candidate of candidates) {
    if (await exists(candidate)) return ok(candidate);
  }
  if (await exists(given)) {
    return err('not-wfdb', `${path.basename(given)} has no WFDB header (.hea) beside it.`);
  }
  return err('not-found', `${path.basename(given)}.hea does not exist.`);
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
