import { mkdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { err, ok, type Result } from '../../shared/domain';

/** Where the reports of a scan go. */
export interface ReportFolder {
  readonly path: string;
  /** File of a recording's report: `RECORD.pdf`, with its folder before it where two recordings share a name. */
  fileOf(record: string, path: string): string;
}

/** @returns `not-writable` where the folder is not there and cannot be made */
export async function openReportFolder(folder: string): Promise<Result<ReportFolder>> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    return err('not-writable', `${folder} cannot be made: ${(cause as Error).message}.`);
  }
  const taken = new Map<string, string>();
  return ok({
    path: folder,
    fileOf(record, path) {
      const stem = record.replace(/[^\w.-]+/g, '_') || basename(path, extname(path));
      const parent = basename(dirname(path)).replace(/[^\w.-]+/g, '_');
      let name = `${stem}.pdf`;
      for (let n = 1; (taken.get(name) ?? path) !== path; n++) {
        name = n === 1 ? `${parent}-${stem}.pdf` : `${parent}-${stem}-${n}.pdf`;
      }
      taken.set(name, path);
      return join(folder, name);
    },
  });
}
