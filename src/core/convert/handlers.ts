import path from 'node:path';
import { METHODS, type Handlers, type RecordingForm } from '../../shared/contract';
import type { Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import type { Documents } from '../base/documents';
import { writeFailure } from '../base/file-failure';
import { writeArchive } from '../formats/zip/write-archive';
import type { Library } from '../recordings/library';
import type { Pool } from '../workers/types';
import { chooseShiftWeeks } from './anonymise';
import { convertTask } from './convert-task';

export interface ConvertDependencies {
  readonly library: Library;
  readonly documents: Documents;
  readonly pool: Pool;
}

const MEDIA_TYPES: Readonly<Record<RecordingForm, string>> = {
  wfdb: 'application/octet-stream',
  edf: 'application/octet-stream',
  dicom: 'application/dicom',
  csv: 'text/csv; charset=utf-8',
};

/** Writes recordings in other formats as documents; several files of one recording become an archive. */
export function convertHandlers({
  library,
  documents,
  pool,
}: ConvertDependencies): Pick<Handlers, 'recordings.convert'> {
  return {
    async 'recordings.convert'({ recordingId, to, identity }, { signal }) {
      const recording = library.find(recordingId);
      if (!recording.ok) return recording;
      const reserved = await documents.reserve(identity ? recording.value.name : 'ecg');
      if (!reserved.ok) return reserved;
      const { documentId, path: stem } = reserved.value;
      const written = await pool.run(
        convertTask,
        {
          path: recording.value.path,
          to,
          folder: path.dirname(stem),
          name: path.basename(stem),
          anonymiseWeeks: identity ? null : chooseShiftWeeks(),
        },
        { lane: METHODS['recordings.convert'].lane, signal },
      );
      if (!written.ok) return written;
      if (signal.aborted) return errSaid('cancelled', 'failures.formatNotWanted');
      const one = await oneFile(written.value.files, stem);
      if (!one.ok) return one;
      return documents.publish(documentId, one.value, {
        suggestedName: path.basename(one.value),
        mediaType: one.value.endsWith('.zip') ? 'application/zip' : MEDIA_TYPES[to],
      });
    },
  };
}

/** The file itself, or an archive of several. */
async function oneFile(files: readonly string[], stem: string): Promise<Result<string>> {
  if (files.length === 1) return { ok: true, value: files[0]! };
  const archive = `${stem}.zip`;
  try {
    await writeArchive(files, archive);
    return { ok: true, value: archive };
  } catch (cause) {
    return writeFailure(archive, cause);
  }
}
