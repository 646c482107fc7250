import type { DocumentRef, RecordingForm, ReviewForm } from '../../shared/contract';
import type { Result } from '../../shared/domain';
import type { Transport } from '../transport';
import { pageWords } from '../words';

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
  /** Its words: `exports.NAME` and `exports.NAMEAbout`. */
  readonly what: 'recording' | 'report' | 'findings' | 'beats' | 'marks' | 'segments' | 'review';
  /** Whether it says what was found, beside what the reader did. */
  readonly tells: boolean;
  readonly forms: readonly ExportForm[];
}

export const EXPORT_ROWS: readonly ExportRow[] = [
  {
    what: 'recording',
    tells: false,
    forms: [
      recording('WFDB', 'wfdb'),
      recording('EDF+', 'edf'),
      recording('DICOM', 'dicom'),
      recording('CSV', 'csv'),
    ],
  },
  {
    what: 'report',
    tells: true,
    forms: [report('DICOM', 'dicom'), report('FHIR', 'fhir')],
  },
  {
    what: 'findings',
    tells: true,
    forms: [review('CSV', 'findings-csv')],
  },
  {
    what: 'beats',
    tells: true,
    forms: [review('CSV', 'beats-csv'), review('Parquet', 'beats-parquet'), annotations('WFDB')],
  },
  {
    what: 'marks',
    tells: false,
    forms: [review('CSV', 'marks-csv')],
  },
  {
    what: 'segments',
    tells: true,
    forms: [review('CSV', 'segments-csv'), review('Parquet', 'segments-parquet')],
  },
  {
    what: 'review',
    tells: false,
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
  return ofAnalysis(label, (transport, analysisId, { identity, reader }) =>
    transport.call('review.export', {
      analysisId,
      form,
      identity: identity || form === 'review-json',
      reader,
    }),
  );
}

function report(label: string, form: 'dicom' | 'fhir'): ExportForm {
  return ofAnalysis(label, (transport, analysisId, { identity, reader }) =>
    transport.call('report.create', {
      analysisId,
      paper: 'A4',
      identity,
      reader,
      form,
      language: pageWords().language,
    }),
  );
}

function annotations(label: string): ExportForm {
  return ofAnalysis(label, (transport, analysisId, { reader }) =>
    transport.call('annotations.write', { analysisId, asker: reader }),
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
