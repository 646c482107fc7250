import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { err, type Result } from '../../shared/domain';
import { OWNER_ONLY_FILE } from '../base/private-files';
import { defineTask } from '../workers/task';
import { backUpDaily } from './store/backup-store';
import { connectStore } from './store/database';
import { STORE_FILE, SUSPECT_FILE } from './store/store-files';

/**
 * Worker task: reads the whole store, which is what a start has no time for where it is large, and makes the day's copy,
 * where there is none yet.
 * @returns where it lies, or null; `not-readable` where the store is damaged: it is mended at the next start
 */
export const backupTask = defineTask(
  'backup',
  async ({ dataDir }: { readonly dataDir: string }): Promise<Result<string | null>> => {
    const store = connectStore(join(dataDir, STORE_FILE));
    if (!store.ok) return store;
    try {
      const [problem] = store.value.problems('whole');
      if (problem !== undefined) {
        // Of a damaged store no copy is made that would push out a whole one.
        writeFileSync(join(dataDir, SUSPECT_FILE), `${problem}\n`, { mode: OWNER_ONLY_FILE });
        return err(
          'not-readable',
          `the store ${store.value.path} is damaged (${problem}) and is mended when Fiducial starts the next time`,
        );
      }
      return backUpDaily(store.value, dataDir, new Date());
    } finally {
      store.value.close();
    }
  },
);
