import type { DocumentRef, RecordingForm, ReviewForm } from '../../shared/contract';
import type { Result } from '../../shared/domain';
import type { Transport } from '../transport';

/** What is to be exported. */
export interface ExportSubject {
  readonly recordingId: string;
  /** Null until the analysis is done. */
  readonly analysisId: string | null;
  /** False leaves out who was recorded and what readers wrote. */
  readonly identity: boolean;
  readonly reader: string;
}

/** One format in which something can be kept; answers null while there is no analysis to take it from. */
export interface ExportForm {
  readonly label: string;
  readonly needsAnalysis: boolean;
  make(transport: Transport, subject: ExportSubject): Promise<Result<DocumentRef>> | null;
}

/** A row of the dialog: what is kept, and in which formats. */
export interface ExportRow {
  readonly title: string;
  readonly about: string;
  readonly forms: readonly ExportForm[];
}

export const EXPORT_ROWS: readonly ExportRow[] = [
  {
    title: 'Recording',
    about:
      'The samples as they were recorded, with the annotations of the file where a format has room for them.',
    forms: [
      recording('WFDB', 'wfdb'),
      recording('EDF+', 'edf'),
      recording('DICOM', 'dicom'),
      recording('CSV', 'csv'),
    ],
  },
  {
    title: 'Report',
    about: 'For an archive: the PDF in DICOM, or a FHIR bundle of observations with the PDF.',
    forms: [report('DICOM', 'dicom'), report('FHIR', 'fhir')],
  },
  {
    title: 'Findings',
    about: 'Kind, place, measure and your decision, one line each.',
    forms: [review('CSV', 'findings-csv')],
  },
  {
    title: 'Beats',
    about:
      'Time, class and RR as you left them, one line each; for WFDB as annotator “fid” with rhythm and verdicts.',
    forms: [review('CSV', 'beats-csv'), review('Parquet', 'beats-parquet'), annotations('WFDB')],
  },
  {
    title: 'Segments',
    about: 'Verdict, probability, your decision and note, one line each.',
    forms: [review('CSV', 'segments-csv'), review('Parquet', 'segments-parquet')],
  },
  {
    title: 'Review',
    about:
      'Every decision and the trail that led there, with names. Can be imported below, or on another machine.',
    forms: [review('JSON', 'review-json')],
  },
];

function recording(label: string, to: RecordingForm): ExportForm {
  return {
    label,
    needsAnalysis: false,
    make: (transport, { recordingId, identity }) =>
      transport.call('recordings.convert', { recordingId, to, identity }),
  };
}

function review(label: string, form: ReviewForm): ExportForm {
  return ofAnalysis(label, (transport, analysisId, { identity }) =>
    transport.call('review.export', {
      analysisId,
      form,
      identity: identity || form === 'review-json',
    }),
  );
}

function report(label: string, form: 'dicom' | 'fhir'): ExportForm {
  return ofAnalysis(label, (transport, analysisId, { identity, reader }) =>
    transport.call('report.create', { analysisId, paper: 'A4', identity, reader, form }),
  );
}

function annotations(label: string): ExportForm {
  return ofAnalysis(label, (transport, analysisId) =>
    transport.call('annotations.write', { analysisId }),
  );
}

function ofAnalysis(
  label: string,
  make: (
    transport: Transport,
    analysisId: string,
    subject: ExportSubject,
  ) => Promise<Result<DocumentRef>>,
): ExportForm {
  return {
    label,
    needsAnalysis: true,
    make: (transport, subject) =>
      subject.analysisId === null ? null : make(transport, subject.analysisId, subject),
  };
}
