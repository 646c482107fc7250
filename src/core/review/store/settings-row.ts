import { statSync } from 'node:fs';
import { join } from 'node:path';
import { asBytes, TextColumn } from './columns';
import { connectStore, type Database } from './database';
import { STORE_FILE } from './store-files';

/** The settings as they were stored, an empty object where there are none. */
export function settingsRow(database: Database): Record<string, unknown> {
  const row = database.get(`SELECT ${asBytes('value')} FROM settings WHERE key = 'settings'`);
  const text = TextColumn.safeParse(row?.['value']);
  // Whoever reads them falls back field by field: one value of an earlier version costs no other.
  return text.success ? jsonObject(text.data) : {};
}

/** The settings of a store that is not otherwise opened; an empty object where there is none or it cannot be read. */
export function settingsIn(dataDir: string): Record<string, unknown> {
  const path = join(dataDir, STORE_FILE);
  // Looking at settings makes no store.
  if (!statSync(path, { throwIfNoEntry: false })?.size) return {};
  const store = connectStore(path);
  if (!store.ok) return {};
  try {
    return settingsRow(store.value);
  } catch {
    return {};
  } finally {
    store.value.close();
  }
}

/** A JSON object, or an empty one where a damaged row holds something else. */
function jsonObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
