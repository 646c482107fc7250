import { DEFAULT_SETTINGS, Settings, type Handlers } from '../../shared/contract';
import { ok } from '../../shared/domain';
import type { Documents } from '../base/documents';
import { writeWhole } from '../base/write-whole';
import { retryStore } from '../review/store/retry-store';
import type { Store } from '../review/store/types';
import { parseSettingsFile, settingsFileText } from './settings-file';

type Names = 'settings.get' | 'settings.set' | 'settings.export' | 'settings.import';

const FILE_NAME = 'fiducial-settings.json';

/** Preferences as stored, each field falling back to its default where it is absent or no longer valid. */
export function readSettings(store: Pick<Store, 'settings'>): Settings {
  const stored: Record<string, unknown> = store.settings();
  const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS };
  for (const [key, field] of Object.entries(Settings.shape)) {
    const value = field.safeParse(stored[key]);
    if (value.success) settings[key] = value.data;
  }
  return Settings.parse(settings);
}

export function settingsHandlers(store: Store, documents: Documents): Pick<Handlers, Names> {
  async function keep(change: Partial<Settings>): Promise<Settings> {
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    const settings = Settings.parse({ ...readSettings(store), ...Object.fromEntries(given) });
    await retryStore(() => store.putSettings(settings));
    return settings;
  }
  return {
    'settings.get': async () => ok(readSettings(store)),
    'settings.set': async (change) => ok(await keep(change)),
    async 'settings.export'() {
      const reserved = await documents.reserve(FILE_NAME);
      if (!reserved.ok) return reserved;
      const { documentId, path } = reserved.value;
      const written = await writeWhole(path, settingsFileText(readSettings(store)));
      if (!written.ok) return written;
      const mediaType = 'application/json';
      return documents.publish(documentId, path, { suggestedName: FILE_NAME, mediaType });
    },
    async 'settings.import'({ name, json }) {
      const file = parseSettingsFile(json, name);
      return file.ok ? ok(await keep(file.value)) : file;
    },
  };
}
