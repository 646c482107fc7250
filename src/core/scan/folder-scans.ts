import { randomUUID } from 'node:crypto';
import { relative } from 'node:path';
import type { Emit, Handlers } from '../../shared/contract';
import { ok, type Failure, type Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import type { Models } from '../analysis/models';
import { findRecords } from '../recordings/find-records';
import type { Library } from '../recordings/library';
import type { RecordingCache } from '../recordings/recording-cache';
import { recordingIdOf } from '../base/recording-id';
import type { ModelFiles } from '../inference/types';
import { haveChanged, seenFiles, type SeenFiles } from './seen-files';
import type { ScanProgress } from './scan-records';
import type { Scanner } from './scan-recordings';
import type { ScanRow } from './scan-row';

export interface FolderScanDependencies {
  readonly library: Library;
  readonly recordings: RecordingCache;
  readonly models: Models;
  readonly scanner: Scanner;
  readonly emit: Emit;
}

type Names = 'scan.start' | 'scan.cancel' | 'scan.rows';

interface Scan {
  readonly controller: AbortController;
  readonly rows: ScanRow[];
  /** By position in `rows`: the record's files, and what they looked like when the row was made. */
  readonly seen: SeenFiles[];
  done: boolean;
}

/** Scans in the viewer. As many records at a time as analyses run (`jobs.ts`); one more waits at the door. */
const WORKERS = 3;
const PROGRESS_INTERVAL_MS = 100;
/** Finished scans whose rows can still be asked for. */
const SCANS_KEPT = 5;

/**
 * Folder scans of the viewer. Every record goes through an ordinary analysis, so it is stored, opens at once
 * afterwards, and a scan after a kill finds what was finished in the store.
 */
export function createFolderScans(dependencies: FolderScanDependencies): {
  readonly handlers: Pick<Handlers, Names>;
  close(): void;
} {
  const { library, models, recordings, scanner, emit } = dependencies;
  const scans = new Map<string, Scan>();

  function find(scanId: string): Result<Scan> {
    const scan = scans.get(scanId);
    return scan ? ok(scan) : errSaid('not-found', 'failures.scanForgotten');
  }

  async function run(
    scanId: string,
    scan: Scan,
    folders: readonly string[],
    model: ModelFiles,
  ): Promise<void> {
    const { signal } = scan.controller;
    let latest: ScanProgress = {
      done: 0,
      total: 0,
      failed: 0,
      current: null,
      recordsPerS: 0,
      remainingS: null,
    };
    let lastMs = -Infinity;
    let error: Failure | null = null;
    const tell = (state: 'running' | 'done' | 'cancelled'): void =>
      emit('scan.progress', { scanId, ...latest, state, error });

    const found = await findRecords(folders, signal);
    if (!found.ok) {
      scan.done = true;
      return tell('cancelled');
    }
    const { paths, problems } = found.value;
    error = problems[0] ?? null;
    const ended = await scanner.scan({
      paths,
      model,
      lead: null,
      stated: {},
      reports: null,
      workers: WORKERS,
      signal,
      async onRow(row) {
        const files = await seenFiles(row.path, recordings);
        const recordingId = recordingIdOf(row.path);
        const shown = { ...row, recordingId, path: shownPath(row.path, folders) };
        scan.rows.push(shown);
        scan.seen.push(files);
        emit('scan.row', { scanId, index: scan.rows.length - 1, row: shown });
      },
      onProgress(progress) {
        const current = progress.current === null ? null : shownPath(progress.current, folders);
        latest = { ...progress, current };
        if (performance.now() - lastMs < PROGRESS_INTERVAL_MS) return;
        lastMs = performance.now();
        tell('running');
      },
    });
    scan.done = true;
    if (ended.ok) latest = ended.value;
    tell(ended.ok ? 'done' : 'cancelled');
  }

  return {
    handlers: {
      async 'scan.start'({ sourceIds, modelId }) {
        const folders: string[] = [];
        for (const sourceId of sourceIds) {
          const folder = await library.source(sourceId);
          if (!folder.ok) return folder;
          folders.push(folder.value);
        }
        const model = await models.find(modelId);
        if (!model.ok) return model;
        const scanId = randomUUID();
        const scan: Scan = { controller: new AbortController(), rows: [], seen: [], done: false };
        scans.set(scanId, scan);
        for (const [id, old] of scans) {
          if (scans.size <= SCANS_KEPT) break;
          if (old.done) scans.delete(id);
        }
        // After the caller has its answer, so that no event comes before the id it carries.
        setImmediate(() => void run(scanId, scan, folders, model.value));
        return ok({ scanId });
      },

      async 'scan.cancel'({ scanId }) {
        const scan = find(scanId);
        if (!scan.ok) return scan;
        scan.value.controller.abort();
        return ok({});
      },

      async 'scan.rows'({ scanId, from }) {
        const scan = find(scanId);
        if (!scan.ok) return scan;
        const { rows, seen, done } = scan.value;
        // Read before the files are looked at again: rows may be added meanwhile.
        const asked = rows.slice(from);
        const changed = await Promise.all(seen.slice(from, from + asked.length).map(haveChanged));
        return ok({
          rows: asked.map((row, i) => (changed[i] ? { ...row, changed: true } : row)),
          done,
        });
      },
    },
    close() {
      for (const scan of scans.values()) scan.controller.abort();
    },
  };
}

/** The path as the person knows it: below the folder that was picked, never from the root of the disk. */
function shownPath(path: string, folders: readonly string[]): string {
  const inside = folders
    .map((folder) => relative(folder, path))
    .find((path) => path !== '' && !path.startsWith('..'));
  return inside ?? path.split(/[\\/]/).at(-1)!;
}
