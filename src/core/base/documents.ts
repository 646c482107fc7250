import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DocumentRef } from '../../shared/contract';
import { ok, type Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import { copyWhole } from './copy-whole';
import { isRunning } from './is-running';
import { fileFailure, writeFailure } from './file-failure';
import { makePrivateFile, makePrivateFolder } from './private-files';

/** A finished file for the host to copy, stream or show. */
export interface DocumentFile {
  readonly path: string;
  readonly suggestedName: string;
  readonly mediaType: string;
}

/** Files that the service made for a person: reports, annotations. Callers hold ids, hosts get paths. */
export interface Documents {
  /** A path in a new folder of its own, for a file with this name. */
  reserve(fileName: string): Promise<Result<{ documentId: string; path: string }>>;
  /** Hands out a file that was finished at a reserved path. */
  publish(
    documentId: string,
    path: string,
    file: Omit<DocumentFile, 'path'>,
  ): Promise<Result<DocumentRef>>;
  find(documentId: string): Promise<Result<DocumentFile>>;
  /** Removes what was handed out. */
  close(): void;
  /** Puts a document where a person wants it, whole or not at all; it is no document any more then. */
  take(documentId: string, target: string): Promise<Result<void>>;
}

/** The last ones can be fetched again; of a page that is open for days the older are let go. */
const KEPT = 50;
/** Folders are told by the process that made them. */
const FOLDER = /^(\d+)-/;

/** What processes that are gone have left is removed at start, what this one made when it is closed. */
export function createDocuments(dataDir: string): Documents {
  const place = join(dataDir, 'documents');
  const published = new Map<string, DocumentFile>();
  sweep(place);
  return {
    async reserve(fileName) {
      const documentId = randomUUID();
      const folder = join(place, `${process.pid}-${documentId}`);
      try {
        // Reports name a person's findings: nobody else of this machine reads them.
        makePrivateFolder(place, true);
        makePrivateFolder(folder, true);
      } catch (cause) {
        return writeFailure(folder, cause);
      }
      return ok({ documentId, path: join(folder, safeName(fileName)) });
    },
    async publish(documentId, path, file) {
      try {
        const { size } = await stat(path);
        makePrivateFile(path);
        published.set(documentId, { path, ...file });
        for (const old of [...published.keys()].slice(0, -KEPT)) letGo(published, old);
        return ok({ documentId, ...file, bytes: size });
      } catch (cause) {
        return { ok: false, error: fileFailure(path, cause) };
      }
    },
    async find(documentId) {
      const file = published.get(documentId);
      return file ? ok(file) : noSuchDocument();
    },
    async take(documentId, target) {
      const file = published.get(documentId);
      if (!file) return noSuchDocument();
      const copied = await copyWhole(file.path, target);
      if (!copied.ok) return copied;
      letGo(published, documentId);
      return copied;
    },
    close() {
      for (const documentId of published.keys()) letGo(published, documentId);
    },
  };
}

function letGo(published: Map<string, DocumentFile>, documentId: string): void {
  const file = published.get(documentId);
  published.delete(documentId);
  if (file) remove(dirname(file.path));
}

/** Folders of earlier versions name no process: nobody can ask for what is in them either. */
function sweep(place: string): void {
  if (!existsSync(place)) return;
  for (const name of readdirSync(place)) {
    const pid = FOLDER.exec(name)?.[1];
    if (pid === undefined || !isRunning(Number(pid))) remove(join(place, name));
  }
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // A read-only disk, or a file that somebody reads: the next start tries again.
  }
}

function noSuchDocument(): Result<never> {
  return errSaid('not-found', 'failures.documentGone');
}

/** Record names come from files: nothing but a plain file name may reach the disk. */
function safeName(name: string): string {
  const plain = name.replace(/[^\w.\- ]+/g, '_').replace(/^\.+/, '_');
  return plain.slice(0, 120) || 'document';
}
