import { DEFAULT_SETTINGS, Settings, type Handlers } from '../../shared/contract';
import { ok } from '../../shared/domain';
import { retryStore } from '../review/store/retry-store';
import type { Store } from '../review/store/types';

type Names = 'settings.get' | 'settings.set';

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

export function settingsHandlers(store: Store): Pick<Handlers, Names> {
  return {
    'settings.get': async () => ok(readSettings(store)),
    async 'settings.set'(change) {
      const given = Object.entries(change).filter(([, value]) => value !== undefined);
      const settings = Settings.parse({ ...readSettings(store), ...Object.fromEntries(given) });
      await retryStore(() => store.putSettings(settings));
      return ok(settings);
    },
  };
}
