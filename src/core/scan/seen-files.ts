import { ok } from '../../shared/domain';
import { filesOnDisk, fingerprint } from '../recordings/fingerprint';
import type { RecordingCache } from '../recordings/recording-cache';

/** The files of a record, with their sizes and times when it was looked at; null where one was missing. */
export interface SeenFiles {
  readonly files: readonly string[];
  readonly fingerprint: string | null;
}

const looksLike = async (files: readonly string[]): Promise<string | null> => {
  const now = await fingerprint(files);
  return now.ok ? now.value : null;
};

/** What the files of a record look like now. One that does not open is told by its file alone. */
export async function seenFiles(path: string, recordings: RecordingCache): Promise<SeenFiles> {
  const opened = await recordings.use(path, async (recording) => ok(await filesOnDisk(recording)));
  const files = opened.ok ? opened.value : [path];
  return { files, fingerprint: await looksLike(files) };
}

/** True once a file of the record was written, replaced or removed. */
export async function haveChanged(seen: SeenFiles): Promise<boolean> {
  return (await looksLike(seen.files)) !== seen.fingerprint;
}
