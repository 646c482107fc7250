import path from 'node:path';
import { ok, type Result } from '../../../shared/domain';
import { errSaid, warningSaid, withDetails } from '../../../shared/domain/said';
import type { Format, OpenOptions } from '../format';
import type { OpenRecording } from '../open-recording';
import { archivePath, splitArchivePath } from '../shared/archive-path';
import { openArchive, type Archive, type ZipEntry } from './archive';
import { extractRecording } from './extract';
import { removeTemporaryFolder, temporaryFolder } from '../../base/temporary-folders';
import { recordingsInZip } from './recordings-in';

/** Of the first file in an archive, and of the end of an empty one. */
const MARKS = ['PK\u0003\u0004', 'PK\u0005\u0006'];

/** Opens a file by its content: the list of formats, which the archive's own entry in it cannot import. */
export type OpenFile = (file: string, options: OpenOptions) => Promise<Result<OpenRecording>>;

/**
 * Zip archives of recordings.
 * @param formats of the files in an archive; archives in archives are not opened
 */
export function createZipFormat(formats: readonly Format[], openFile: OpenFile): Format {
  return {
    id: 'zip',
    title: 'Zip archive of recordings',
    extensions: ['zip'],
    recognises: ({ bytes }) => MARKS.includes(bytes.toString('latin1', 0, 4)),
    async recordingsIn(file) {
      return (await splitArchivePath(file)) ? ok([file]) : recordingsInZip(file, formats);
    },

    async open(file, options = {}) {
      const inside = await splitArchivePath(file);
      if (inside) return openEntry(inside.archive, inside.entry, options, openFile);
      const found = await recordingsInZip(file, formats);
      if (!found.ok) return found;
      const [only, ...more] = found.value;
      if (more.length === 0) {
        const { entry } = (await splitArchivePath(only!))!;
        return openEntry(file, entry, options, openFile);
      }
      const name = path.basename(file);
      const one = `${name}${only!.slice(file.length)}`;
      return withDetails(
        errSaid('unsupported', 'files.zipSeveral', { file: name, n: found.value.length, one }),
        { recordings: found.value.slice(0, 100) },
      );
    },
  };
}

async function openEntry(
  file: string,
  name: string,
  options: OpenOptions,
  openFile: OpenFile,
): Promise<Result<OpenRecording>> {
  const archive = await openArchive(file);
  if (!archive.ok) return archive;
  try {
    const entry = archive.value.entries.get(name);
    if (!entry) return errSaid('not-found', 'files.zipNoFile', { file: path.basename(file), name });
    return await openExtracted(file, archive.value, entry, options, openFile);
  } finally {
    archive.value.close();
  }
}

/** Opens the files of an entry in a folder of their own, which goes when the recording is closed. */
async function openExtracted(
  file: string,
  archive: Archive,
  entry: ZipEntry,
  options: OpenOptions,
  openFile: OpenFile,
): Promise<Result<OpenRecording>> {
  const folder = await temporaryFolder('zip');
  const remove = (): Promise<void> => removeTemporaryFolder(folder);
  const extracted = await extractRecording(file, archive, entry, folder);
  const target = path.join(folder, path.posix.basename(entry.name));
  const opened = extracted.ok ? await openFile(target, options) : extracted;
  if (!opened.ok || !extracted.ok) {
    await remove();
    return opened;
  }
  const recording = opened.value;
  // A file that only belongs to a recording opens that one.
  const main = extracted.value.get(recording.path) ?? entry;
  const repeated = [...extracted.value.values()].filter(({ name }) => archive.repeated.has(name));
  const said = { file: path.basename(file), names: repeated.map(({ name }) => name).join(', ') };
  return ok({
    ...recording,
    warnings: [
      ...recording.warnings,
      ...(repeated.length > 0 ? [warningSaid('repeated', 'warnings.zipRepeated', said)] : []),
    ],
    path: archivePath(file, main.name),
    async close() {
      await recording.close();
      await remove();
    },
  });
}
