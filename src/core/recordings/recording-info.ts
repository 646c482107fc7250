import { basename, dirname } from 'node:path';
import type { RecordingInfo } from '../../shared/domain';
import { recordingInfo as infoWithId, type RecordReader } from '../formats/wfdb';
import { recordingIdOf } from './recording-id';

/** Display name of the folder that a header lies in: its last part alone. */
export function folderOf(headerPath: string): string {
  return basename(dirname(headerPath));
}

/** What the viewer is told of an opened record. Reads the folder's names, no samples. */
export function recordingInfo(reader: RecordReader): Promise<RecordingInfo> {
  return infoWithId(reader, recordingIdOf(reader.headerPath));
}
