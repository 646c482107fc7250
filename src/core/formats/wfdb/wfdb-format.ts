import { stat } from 'node:fs/promises';
import { ok } from '../../../shared/domain';
import type { Format } from '../format';
import { asRecording } from './as-recording';
import { openRecord } from './open-record';

/** WFDB: a header beside its signal files. A header is told by its name, as WFDB's own library tells it. */
export const wfdb: Format = {
  id: 'wfdb',
  title: 'WFDB record (.hea with its signal files)',
  extensions: ['hea'],
  recognises: ({ fileName }) => /\.hea$/i.test(fileName),
  async open(path) {
    const record = await openRecord(path);
    return record.ok ? ok(asRecording(record.value)) : record;
  },
  async recordingOf(path) {
    for (const stem of [path, path.replace(/\.[^./\\]*$/, '')]) {
      for (const header of [`${stem}.hea`, `${stem}.HEA`]) {
        if (await isFile(header)) return header;
      }
    }
    return null;
  },
};

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
