import { readFile, rm } from 'node:fs/promises';
import { writeBytes, writeStaged } from '../../core/workbench';
import type { Written } from '../../core/formats/shared/writing/writer';
import type { Service } from '../../core/service';
import type { DocumentRef, ReviewForm } from '../../shared/contract';
import { ok, type Result } from '../../shared/domain';
import type { AnalysisOptions } from './analysis-options';
import { admitOne, analyse } from './with-service';

/** What is written of what was found in a recording, after the reader's decisions. */
export const FOUND_TARGETS = ['csv', 'parquet', 'fhir'] as const;
export type FoundTarget = (typeof FOUND_TARGETS)[number];

const TABLES: Readonly<Record<Exclude<FoundTarget, 'fhir'>, readonly ReviewForm[]>> = {
  csv: ['beats-csv', 'findings-csv'],
  parquet: ['beats-parquet', 'segments-parquet'],
};

export interface FoundOptions {
  readonly to: FoundTarget;
  readonly folder: string;
  /** Of the files, without what they hold and their endings. */
  readonly name: string;
  readonly overwrite: boolean;
  /** False leaves out who was recorded and what readers wrote. */
  readonly identity: boolean;
  readonly signal: AbortSignal;
  /** The lead to read, and what a file may leave out. */
  readonly read: AnalysisOptions;
}

/** Analyses a recording, or takes the analysis that is known, and writes what was found. */
export async function convertFound(
  service: Service,
  path: string,
  options: FoundOptions,
): Promise<Result<Written>> {
  const { to, identity, signal, read } = options;
  const entry = await admitOne(service, path, read);
  if (!entry.ok) return entry;
  const status = await analyse(service, entry.value, read, signal);
  if (!status.ok) return status;
  const { analysisId } = status.value;
  const { handlers } = service;
  const made = new Map<string, DocumentRef>();
  if (to === 'fhir') {
    const request = { analysisId, identity, reader: '', form: 'fhir' } as const;
    const bundle = await handlers['report.create'](request, { signal });
    if (!bundle.ok) return bundle;
    made.set(`${options.name}.fhir.json`, bundle.value);
  } else {
    for (const form of TABLES[to]) {
      const table = await handlers['review.export']({ analysisId, form, identity }, { signal });
      if (!table.ok) return table;
      made.set(`${options.name}-${form.replace('-', '.')}`, table.value);
    }
  }
  return keep(service, made, options);
}

/** Moves documents into a folder, all of them or none. */
async function keep(
  service: Service,
  documents: ReadonlyMap<string, DocumentRef>,
  { folder, overwrite }: FoundOptions,
): Promise<Result<Written>> {
  const made: string[] = [];
  try {
    return await writeStaged({ folder, overwrite }, { files: [] }, async (files) => {
      for (const [name, { documentId }] of documents) {
        const document = await service.document(documentId);
        if (!document.ok) return document;
        made.push(document.value.path);
        const file = await files.create(name);
        if (!file.ok) return file;
        const written = await writeBytes(file.value, await readFile(document.value.path), name);
        if (!written.ok) return written;
      }
      return ok([]);
    });
  } finally {
    for (const path of made) await rm(path, { force: true });
  }
}
