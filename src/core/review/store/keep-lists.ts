import { ok } from '../../../shared/domain';
import { aboutsToList } from './about-rows';
import type { Database } from './sql';
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
  /** The run ends: the pages of the few rows that it changed last are written. */
  ended(): void;
}

/** Writes the pages of lists when nobody waits; what cannot be written is read row by row. */
export function keepLists(database: Database, pages: ListPages, idle: IdleSteps): ListKeeping {
  let isListed = false;
  let changes = 0;

  function steps(): (() => boolean)[] {
    const sources = [recordingsToList(database), aboutsToList(database), summariesToList(database)];
    return sources.map((source) => {
      const step = pages.keeping<unknown>(source);
      return () => {
        const made = storeResult(() => ok(step()));
        return made.ok && made.value;
      };
    });
  }

  function keep(): void {
    changes = 0;
    for (const step of steps()) idle.add(step);
  }

  return {
    listed() {
      if (!isListed) keep();
      isListed = true;
    },
    changed() {
      if (++changes >= CHANGES) keep();
    },
    ended() {
      if (!isListed || changes === 0) return;
      for (const step of steps()) step();
    },
  };
}
