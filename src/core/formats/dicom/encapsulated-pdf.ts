import { encodeDataSet, EXPLICIT_LITTLE_ENDIAN, fileMeta } from './encode-data-set';
import {
  codeSequence,
  commonElements,
  dateAndTime,
  newMeta,
  newUid,
  type DescribedRecording,
} from './new-file';

const TITLE = 'ECG report';
/** Encapsulated PDF Storage (PS3.4, annex B.5). */
const ENCAPSULATED_PDF = '1.2.840.10008.5.1.4.1.1.104.1';

/**
 * A PDF document about a recording as a DICOM file (PS3.3, A.45.1), for archives that hold reports beside waveforms.
 * @param recording whom and what the document is about
 * @param madeAtMs when the document was made, epoch milliseconds
 */
export function encapsulatedPdf(
  pdf: Uint8Array,
  recording: DescribedRecording,
  madeAtMs: number,
): Buffer {
  const instance = newUid();
  const { name, id, birthDate } = recording.patient;
  const elements = [
    ...commonElements(recording, {
      sopClass: ENCAPSULATED_PDF,
      instance,
      modality: 'DOC',
      description: `${TITLE} by Fiducial`,
      made: dateAndTime(new Date(madeAtMs)),
    }),
    // Made on a workstation, from what a workstation computed.
    { tag: 0x00080064, vr: 'CS', value: 'WSD' },
    { tag: 0x00280301, vr: 'CS', value: (name ?? id ?? birthDate) ? 'YES' : 'NO' },
    codeSequence(0x0040a043, '11524-6', 'LN', 'EKG study'),
    { tag: 0x00420010, vr: 'ST', value: TITLE },
    { tag: 0x00420011, vr: 'OB', value: pdf },
    { tag: 0x00420012, vr: 'LO', value: 'application/pdf' },
    { tag: 0x00420015, vr: 'UL', value: [pdf.length] },
  ];
  return Buffer.concat([
    fileMeta(newMeta(ENCAPSULATED_PDF, instance)),
    encodeDataSet(elements, EXPLICIT_LITTLE_ENDIAN),
  ]);
}
