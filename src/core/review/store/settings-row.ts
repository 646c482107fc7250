import { statSync } from 'node:fs';
import { join } from 'node:path';
import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import { asBytes, TextColumn } from './columns';
import { connectStore } from './database';
import type { Database } from './sql';
import { STORE_FILE } from './store-files';

type StoredFields = Record<string, unknown>;

/** The settings as they were stored, an empty object where there are none or their row is damaged. */
export function settingsRow(database: Database): StoredFields {
  const settings = fieldsIn(database);
  return settings.ok ? settings.value : {};
}

/**
 * The settings of a store that is not otherwise opened; an empty object where there is none.
 * @returns `not-readable` where the store or the row of its settings cannot be read
 */
export function settingsIn(dataDir: string): Result<StoredFields> {
  const path = join(dataDir, STORE_FILE);
  // Looking at settings makes no store.
  if (!statSync(path, { throwIfNoEntry: false })?.size) return ok({});
  const store = connectStore(path);
  if (!store.ok) return store;
  try {
    return fieldsIn(store.value);
  } catch (cause) {
    return errSaid('not-readable', 'files.systemRefused', {
      name: path,
      why: (cause as Error).message,
    });
  } finally {
    store.value.close();
  }
}

/** Whoever reads them falls back field by field: one value of an earlier version costs no other. */
function fieldsIn(database: Database): Result<StoredFields> {
  const row = database.get(`SELECT ${asBytes('value')} FROM settings WHERE key = 'settings'`);
  if (!row) return ok({});
  const text = TextColumn.safeParse(row['value']);
  const fields = text.success ? jsonObject(text.data) : null;
  return fields === null
    ? errSaid('not-readable', 'files.settingsDamaged', { path: database.path })
    : ok(fields);
}

function jsonObject(text: string): StoredFields | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
