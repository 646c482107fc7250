import { basename, dirname, extname, join } from 'node:path';
import { ok, type Result } from '../../shared/domain';
import { writeFailure } from '../base/file-failure';
import { makeFolder } from '../base/make-folder';

/** Where the reports of a scan go. */
export interface ReportFolder {
  readonly path: string;
  /** File of a recording's report: `RECORD.pdf`, with its folder before it where two recordings share a name. */
  fileOf(record: string, path: string): string;
}

/** @returns `not-writable` where the folder is not there and cannot be made */
export async function openReportFolder(folder: string): Promise<Result<ReportFolder>> {
  try {
    await makeFolder(folder);
  } catch (cause) {
    return writeFailure(folder, cause);
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
