import { fileOnDisk } from '../formats/shared/archive-path';
import { fingerprint, stateOf } from './fingerprint';
import type { RecordingCache } from './recording-cache';

/**
 * What a record's files look like now. One that does not open is told by its file alone, and one without even
 * that by `missing`.
 */
export async function recordFingerprint(path: string, recordings: RecordingCache): Promise<string> {
  const all = await recordings.use(path, stateOf);
  if (all.ok) return all.value;
  const header = await fingerprint([await fileOnDisk(path)]);
  return header.ok ? `header only|${header.value}` : 'missing';
}
