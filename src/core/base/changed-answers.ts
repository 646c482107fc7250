import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { changesBetween, NO_CHANGE, type Change } from '../../shared/transport/changes';

/** Askers that are told what changed: a few windows, and each with the answer before its last, should that have been lost. */
const KEPT = 8;

export interface ChangedAnswer {
  readonly version: string;
  readonly since: string | null;
  readonly change: Change;
}

/**
 * Answers of which the next is what changed. Those that were given last are kept, whoever asked; an asker who knows another,
 * or one of a process that is gone, is given the whole.
 */
export function createChangedAnswers(kept = KEPT) {
  const run = randomUUID();
  const given = new LRUCache<string, object>({ max: kept });
  let count = 0;
  return (answer: object, knows: string | undefined): ChangedAnswer => {
    const before = knows === undefined ? undefined : given.get(knows);
    const version = `${run}/${++count}`;
    given.set(version, answer);
    return {
      version,
      since: before ? knows! : null,
      change: changesBetween(before ?? {}, answer) ?? NO_CHANGE,
    };
  };
}
