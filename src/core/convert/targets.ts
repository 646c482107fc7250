import { writeDicom } from '../formats/dicom/write-recording';
import { writeEdf } from '../formats/edf/write-recording';
import type { WriteRecording } from '../formats/shared/writing/writer';
import { writeSamplesCsv } from '../formats/text/write-recording';
import { writeWfdb } from '../formats/wfdb/write-recording';

/** What recordings can be converted to as they are. */
export const TARGETS = ['wfdb', 'edf', 'dicom', 'csv'] as const;
export type Target = (typeof TARGETS)[number];

export const WRITERS: Readonly<Record<Target, WriteRecording>> = {
  wfdb: writeWfdb,
  edf: writeEdf,
  dicom: writeDicom,
  csv: writeSamplesCsv,
};
