import { ok } from '../../../shared/domain';
import { aboutsToList } from './about-rows';
import type { Database } from './database';
import type { IdleSteps } from './idle-steps';
import type { ListPages } from './list-pages';
import { recordingsToList } from './recording-rows';
import { storeResult } from './store-failure';
import { summariesToList } from './summaries';

/** Changes after which pages are written anew: at most so many rows the next start reads one by one. */
const CHANGES = 256;

export interface ListKeeping {
  /** A list was asked for: what it has no pages of gets them, once in a run. */
  listed(): void;
  /** A row of a list was changed. */
  changed(): void;
}

/** Writes the pages of lists when nobody waits; what cannot be written is read row by row. */
export function keepLists(database: Database, pages: ListPages, idle: IdleSteps): ListKeeping {
  let isListed = false;
  let changes = 0;

  function keep(): void {
    changes = 0;
    const sources = [recordingsToList(database), aboutsToList(database), summariesToList(database)];
    for (const source of sources) {
      const step = pages.keeping<unknown>(source);
      idle.add(() => {
        const made = storeResult(() => ok(step()));
        return made.ok && made.value;
      });
    }
  }

  return {
    listed() {
      if (!isListed) keep();
      isListed = true;
    },
    changed() {
      if (++changes >= CHANGES) keep();
    },
  };
}
