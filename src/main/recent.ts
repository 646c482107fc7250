import { app } from 'electron';
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const MAX_RECENT = 10;
const Recent = z.array(z.string());

export interface RecentPaths {
  list(): readonly string[];
  add(paths: readonly string[]): void;
  /** Takes off what is not there any more. */
  drop(paths: readonly string[]): void;
  clear(): void;
}

/**
 * Paths that were opened lately, latest first, for the menu; also told to the system, which shows them in its
 * own places on macOS and Windows. A damaged file is an empty list: it is a convenience, not data.
 */
export function createRecentPaths(file: string, onChange: () => void): RecentPaths {
  let paths = read();

  function read(): string[] {
    try {
      return Recent.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      return [];
    }
  }

  function put(next: string[]): void {
    paths = next.slice(0, MAX_RECENT);
    try {
      writeFileSync(file, JSON.stringify(paths));
    } catch {
      // A read-only profile: the list lives as long as the app.
    }
    onChange();
  }

  return {
    list: () => paths,
    add(added) {
      for (const path of added) app.addRecentDocument(path);
      put([...new Set([...added, ...paths])]);
    },
    drop(gone) {
      if (paths.some((path) => gone.includes(path))) {
        put(paths.filter((path) => !gone.includes(path)));
      }
    },
    clear() {
      app.clearRecentDocuments();
      put([]);
    },
  };
}
