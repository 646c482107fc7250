import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/contract';
import type { Warning } from '../../shared/domain';
import { warningSaid } from '../../shared/domain/said';
import { settingsIn } from '../review/store/settings-row';
import { STORE_FILE } from '../review/store/store-files';
import { readSettings } from './handlers';

/** What of the reader's settings decides answers, for doors that keep nothing and so have no store open. */
export interface AnswerSettings extends Pick<Settings, 'findings' | 'modelId'> {
  /** That the defaults count because the settings could not be read. */
  readonly warnings: readonly Warning[];
}

/** Where no reader's settings are to count: answers are the same on every machine. */
export const OUR_SETTINGS: AnswerSettings = {
  findings: DEFAULT_SETTINGS.findings,
  modelId: DEFAULT_SETTINGS.modelId,
  warnings: [],
};

const UNREAD = warningSaid('settings-unread', 'warnings.settingsUnread');
/** Opening a store may itself write to it: that is no change of the settings. */
const READINGS = 3;

/**
 * The settings in a store that is not otherwise opened: read when the store has changed, else as they were read last.
 * @param dataDir where the store lies; the defaults where there is none
 */
export function createStoredSettings(dataDir: string): () => AnswerSettings {
  const path = join(dataDir, STORE_FILE);
  let known: { readonly stamp: string; readonly settings: AnswerSettings } | null = null;
  return () => {
    for (let times = 1; ; times++) {
      const stamp = stampOf(path);
      if (known?.stamp === stamp) return known.settings;
      const stored = settingsIn(dataDir);
      // Another program may hold the store for now: it is asked again.
      if (!stored.ok) return { ...OUR_SETTINGS, warnings: [UNREAD] };
      const { findings, modelId } = readSettings({ settings: () => stored.value });
      const settings = { findings, modelId, warnings: [] };
      if (stampOf(path) === stamp) known = { stamp, settings };
      else if (times < READINGS) continue;
      return settings;
    }
  };
}

/** What a store looks like from outside: its file, and the log in which the last changes lie. */
function stampOf(path: string): string {
  const parts = [path, `${path}-wal`].map((file) => {
    const stats = statSync(file, { throwIfNoEntry: false });
    // A log that is empty is emptied again by whoever closes the store.
    return stats?.size ? `${stats.size}:${stats.mtimeMs}:${stats.ino}` : '';
  });
  return parts.join('|');
}
