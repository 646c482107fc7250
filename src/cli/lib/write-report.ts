import type { Service } from '../../core/service';
import type { Pool } from '../../core/workers/types';
import type { LeadLayout, Result } from '../../shared/domain';
import type { Language } from '../../shared/words';
import type { AnalysisOptions } from './analysis-options';
import { checkOutput } from './check-output';
import { interruptible } from './interrupt';
import { admitOne, analyse, withService } from './with-service';
import { copyOutput } from './write-output';

/** What `fiducial report` understands. */
export interface ReportCommandOptions extends AnalysisOptions {
  out: string;
  model?: string;
  paper?: 'A4' | 'Letter';
  identity: boolean;
  reader: string;
  measureAttention?: boolean;
  layout?: LeadLayout;
  language?: Language;
  dicom?: boolean;
}

/** Writes the report of a record to `--out`, and ends the threads. */
export function writeReport(
  record: string,
  options: ReportCommandOptions,
  pool: Pool,
): Promise<Result<void>> {
  return interruptible((signal) =>
    withService((service) => writeReportOf(service, record, options, signal), { pool }),
  );
}

async function writeReportOf(
  service: Service,
  record: string,
  options: ReportCommandOptions,
  signal: AbortSignal,
): Promise<Result<void>> {
  const place = await checkOutput(options.out, [record]);
  if (!place.ok) return place;
  void service.prepareReport();
  const entry = await admitOne(service, record, options);
  if (!entry.ok) return entry;
  const status = await analyse(service, entry.value, options, signal);
  if (!status.ok) return status;
  const { analysisId } = status.value;
  const { paper, identity, reader, measureAttention = false, dicom, layout, language } = options;
  const form = dicom ? 'dicom' : 'pdf';
  const report = await service.handlers['report.create'](
    {
      analysisId,
      identity,
      reader,
      measureAttention,
      form,
      ...(paper ? { paper } : {}),
      ...(layout ? { layout } : {}),
      ...(language ? { language } : {}),
    },
    { signal },
  );
  if (!report.ok) return report;
  const document = await service.document(report.value.documentId);
  return document.ok ? copyOutput(document.value.path, options.out) : document;
}
