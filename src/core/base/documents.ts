import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocumentRef } from '../../shared/contract';
import { err, ok, type Result } from '../../shared/domain';
import { fileFailure } from './file-failure';
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
}

export function createDocuments(dataDir: string): Documents {
  const published = new Map<string, DocumentFile>();
  return {
    async reserve(fileName) {
      const documentId = randomUUID();
      const folder = join(dataDir, 'documents', documentId);
      try {
        // Reports name a person's findings: nobody else of this machine reads them.
        makePrivateFolder(join(dataDir, 'documents'), true);
        makePrivateFolder(folder, true);
      } catch (cause) {
        return { ok: false, error: { ...fileFailure(folder, cause), code: 'not-writable' } };
      }
      return ok({ documentId, path: join(folder, safeName(fileName)) });
    },
    async publish(documentId, path, file) {
      try {
        const { size } = await stat(path);
        makePrivateFile(path);
        published.set(documentId, { path, ...file });
        return ok({ documentId, ...file, bytes: size });
      } catch (cause) {
        return { ok: false, error: fileFailure(path, cause) };
      }
    },
    async find(documentId) {
      const file = published.get(documentId);
      return file
        ? ok(file)
        : err('not-found', 'This document is not there any more; make it again.');
    },
  };
}

/** Record names come from files: nothing but a plain file name may reach the disk. */
function safeName(name: string): string {
  const plain = name.replace(/[^\w.\- ]+/g, '_').replace(/^\.+/, '_');
  return plain.slice(0, 120) || 'document';
}
