import { stat } from 'node:fs/promises';
import { ok } from '../../../shared/domain';
import type { Format } from '../format';
import { isCalledRecording } from '../shared/called-recording';
import { readFileHead } from '../shared/file-head';
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
  async recordingOf(file, head) {
    // What is left of a damaged recording is not the one that only shares its name.
    const isItsOwn = head !== null && isCalledRecording(head.fileName);
    for (const stem of [file, file.replace(/\.[^./\\]*$/, '')]) {
      for (const header of [`${stem}.hea`, `${stem}.HEA`]) {
        if (!(await isFile(header))) continue;
        if (!isItsOwn || (await names(header, head.fileName))) return header;
      }
    }
    return null;
  },
};

/** Whether a header has a file for its samples. */
async function names(header: string, fileName: string): Promise<boolean> {
  const head = await readFileHead(header);
  const lines = head.ok ? head.value.bytes.toString('latin1').split(/\r?\n|\r/) : [];
  return lines.some((line) => line.startsWith(`${fileName} `));
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
