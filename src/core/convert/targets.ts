import type { RecordingForm } from '../../shared/contract';
import { writeDicom } from '../formats/dicom/write-recording';
import { writeEdf } from '../formats/edf/write-recording';
import type { WriteRecording } from '../formats/shared/writing/writer';
import { writeSamplesCsv } from '../formats/text/write-recording';
import { writeWfdb } from '../formats/wfdb/write-recording';

/** What writes a recording in each form. */
export const WRITERS: Readonly<Record<RecordingForm, WriteRecording>> = {
  wfdb: writeWfdb,
  edf: writeEdf,
  dicom: writeDicom,
  csv: writeSamplesCsv,
};
