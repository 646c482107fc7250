import { join } from 'node:path';
import { ok, type Result } from '../../shared/domain';
import { defineTask } from '../workers/task';
import { backUpDaily } from './store/backup-store';
import { connectStore } from './store/database';
import { STORE_FILE } from './store/store-files';

/** Worker task: the day's copy of the store, where there is none yet. @returns where it lies, or null */
export const backupTask = defineTask(
  'backup',
  async ({ dataDir }: { readonly dataDir: string }): Promise<Result<string | null>> => {
    const store = connectStore(join(dataDir, STORE_FILE));
    if (!store.ok) return store;
    try {
      // Of a damaged store no copy is made that would push out a whole one.
      if (store.value.problems().length > 0) return ok(null);
      return backUpDaily(store.value, dataDir, new Date());
    } finally {
      store.value.close();
    }
  },
);
