import { parseRecordList, referenceWarnings, selectRecords } from '../../core/workbench';
import type { SourcesOf } from '../../core/evaluation/reference-warnings';
import type { SelectedRecords } from '../../core/evaluation/select-records';
import { ok, type Result, type Warning } from '../../shared/domain';

export interface SelectedAnnotated extends SelectedRecords {
  /** What is odd about their annotations; said on stderr already. */
  readonly warnings: readonly Warning[];
}

/**
 * Records of databases that something is compared with or learned from, all or those of a list. What is odd about their
 * annotations is said on stderr before they are used.
 * @param list names, a split or a file of names, as a person wrote it
 */
export async function selectAnnotated(
  database: string | readonly string[],
  list: string | undefined,
  sourcesOf: SourcesOf,
  signal: AbortSignal,
): Promise<Result<SelectedAnnotated>> {
  const records = list === undefined ? null : await parseRecordList(list);
  if (records && !records.ok) return records;
  const selected = await selectRecords(database, records?.value ?? null, signal);
  if (!selected.ok) return selected;
  const warnings = await referenceWarnings(selected.value.paths, sourcesOf, signal);
  for (const { message } of warnings) console.error(`fiducial: ${message}`);
  return ok({ ...selected.value, warnings });
}
