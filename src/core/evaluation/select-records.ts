import { basename, extname, resolve } from 'node:path';
import { readFile } from 'node:fs/promises';
import { err, ok, type Failure, type Result } from '../../shared/domain';
import { findRecords } from '../recordings/find-records';
import { NAMED_SPLITS } from './databases';

/**
 * Record names from what a person wrote: `ds1`, `ds2`, `paced`, names with commas or spaces between them, or the
 * path of a text file of names (lines beginning with # do not count). A file wins over a name.
 */
export async function parseRecordList(text: string): Promise<Result<readonly string[]>> {
  let names = text;
  try {
    names = (await readFile(text, 'utf8')).replaceAll(/^\s*#.*$/gm, '');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOENT' && code !== 'ENAMETOOLONG' && code !== 'EISDIR') {
      return err('not-readable', `${text} cannot be read (${code}).`);
    }
    const named = NAMED_SPLITS[text.trim().toLowerCase()];
    if (named) return ok(named);
  }
  const list = names.split(/[\s,]+/).filter((name) => name !== '');
  return list.length > 0
    ? ok([...new Set(list)])
    : err('bad-input', `The record list "${text}" names no record.`);
}

export interface SelectedRecords {
  readonly paths: readonly string[];
  /** Names asked for that the database does not have, and folders that could not be read. */
  readonly problems: readonly Failure[];
}

/**
 * Headers of one database or several, all or those of a list.
 * @param database folders (searched recursively), headers or records
 * @returns `not-found` where nothing is left
 */
export async function selectRecords(
  database: string | readonly string[],
  records: readonly string[] | null,
  signal?: AbortSignal,
): Promise<Result<SelectedRecords>> {
  const databases = typeof database === 'string' ? [database] : database;
  const found = await findRecords(databases, signal);
  if (!found.ok) return found;
  const problems = [...found.value.problems];
  const where = databases.join(' or ');
  const nameOf = (path: string): string => basename(path, extname(path));
  const paths = found.value.paths.filter((path) => !records || records.includes(nameOf(path)));
  const names = new Set(paths.map(nameOf));
  for (const name of records ?? []) {
    if (!names.has(name)) {
      problems.push({ code: 'not-found', message: `${where} holds no record ${name}.` });
    }
  }
  if (paths.length > 0) return ok({ paths, problems });
  return problems[0]
    ? { ok: false, error: problems[0] }
    : err(
        'not-found',
        `${databases.map((path) => resolve(path)).join(' or ')} holds no WFDB record.`,
      );
}
