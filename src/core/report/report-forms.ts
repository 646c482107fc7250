import { readFile, rm } from 'node:fs/promises';
import type { ReportForm } from '../../shared/contract';
import { ok, type Patient, type RecordingInfo, type Result } from '../../shared/domain';
import { writeFailure } from '../base/file-failure';
import { writeWhole } from '../base/write-whole';
import { encapsulatedPdf } from '../formats/dicom/encapsulated-pdf';
import { fhirBundle, type BundleSource } from './fhir/bundle';

const FORMS = {
  dicom: { ending: '.dcm', mediaType: 'application/dicom' },
  fhir: { ending: '.json', mediaType: 'application/fhir+json' },
} as const;

const NOBODY: Patient = { name: null, id: null, birthDate: null, ageYears: null, sex: null };

/**
 * Puts the PDF of a report into a file of another form beside it, and takes the PDF away.
 * @param pdfPath a finished report
 * @returns where the new file is, `not-writable`
 */
export async function putPdfInto(
  form: Exclude<ReportForm, 'pdf'>,
  pdfPath: string,
  source: Omit<BundleSource, 'pdf'>,
): Promise<Result<{ file: string; mediaType: string }>> {
  const { ending, mediaType } = FORMS[form];
  const file = pdfPath.replace(/\.pdf$/, '') + ending;
  try {
    const pdf = await readFile(pdfPath);
    const { data, identity } = source;
    const content =
      form === 'fhir'
        ? `${JSON.stringify(fhirBundle({ ...source, pdf }), null, 1)}\n`
        : encapsulatedPdf(pdf, described(data.recording, identity), data.createdAtMs);
    const written = await writeWhole(file, content);
    if (!written.ok) return written;
    await rm(pdfPath);
    return ok({ file, mediaType });
  } catch (cause) {
    return writeFailure(file, cause);
  }
}

function described({ patient, startClock, comments, synthetic }: RecordingInfo, identity: boolean) {
  if (identity) return { patient, startClock, comments };
  return { patient: NOBODY, startClock: null, comments: synthetic ? ['synthetic'] : [] };
}
