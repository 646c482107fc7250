import { rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { dataDirectory } from '../../core/base/data-dir';
import type { ModelFiles } from '../../core/inference/types';
import { recordingInfo } from '../../core/recordings/recording-info';
import { resultRow, type ScanRow } from '../../core/scan/scan-row';
import { createService } from '../../core/service';
import type { Service } from '../../core/service-types';
import { err, ok, type AnalysisStatus, type Result } from '../../shared/domain';
import { checkFolder } from './check-output';
import { version } from './version';
import { copyOutput } from './write-output';
import { modelsDir, type Workbench } from './workbench';

export interface ReportingScan {
  /** Analyses one record through the store and writes its report: `DIR/RECORD.pdf`. */
  analyse(path: string): Promise<Result<ScanRow>>;
  close(): Promise<void>;
}

const POLL_MS = 50;

/** The service behind `scan --reports`: on the same store as the viewer, so that decisions are in the reports. */
export async function openReportingScan(
  bench: Workbench,
  model: ModelFiles,
  reportDir: string,
  signal: AbortSignal,
): Promise<Result<ReportingScan>> {
  const place = await checkFolder(reportDir);
  if (!place.ok) return place;
  const service = await createService({
    pool: bench.pool,
    inference: bench.inference,
    dataDir: dataDirectory(),
    modelsDir: modelsDir(),
    host: 'cli',
    version: version(),
    emit: () => undefined,
  });
  if (!service.ok) return service;
  const names = createNames();
  return ok({
    analyse: (path) =>
      analyseAndReport(bench, service.value, path, model, signal, (record) =>
        join(reportDir, names(record, path)),
      ),
    close: () => service.value.close(),
  });
}

async function analyseAndReport(
  { recordings }: Workbench,
  { admit, handlers, document }: Service,
  path: string,
  model: ModelFiles,
  signal: AbortSignal,
  targetOf: (record: string) => string,
): Promise<Result<ScanRow>> {
  const admitted = await admit([path]);
  if (!admitted.ok) return admitted;
  const info = await recordings.use(path, async (recording) => ok(await recordingInfo(recording)));
  if (!info.ok) return info;
  const { recordingId } = admitted.value.entries[0]!;
  const status = await finished(handlers, recordingId, model.card.id, signal);
  if (!status.ok) return status;
  const { analysisId, lead } = status.value;
  const found = await handlers['analysis.findings']({ analysisId }, { signal });
  if (!found.ok) return found;
  const judged = await handlers['analysis.segments']({ analysisId }, { signal });
  if (!judged.ok) return judged;
  const report = await handlers['report.create'](
    { analysisId, paper: 'A4', identity: true, reader: '' },
    { signal },
  );
  if (!report.ok) return report;
  const file = await document(report.value.documentId);
  if (!file.ok) return file;
  const copied = await copyOutput(file.value.path, targetOf(info.value.name));
  if (!copied.ok) return copied;
  await rm(file.value.path, { force: true });
  const findings = { ...found.value, segments: judged.value.segments };
  return ok(resultRow(path, model, { info: info.value, lead, findings }));
}

async function finished(
  handlers: Service['handlers'],
  recordingId: string,
  modelId: string,
  signal: AbortSignal,
): Promise<Result<AnalysisStatus>> {
  let status = await handlers['analysis.start']({ recordingId, modelId, lead: null }, { signal });
  while (status.ok && (status.value.state === 'queued' || status.value.state === 'running')) {
    const { analysisId } = status.value;
    if (signal.aborted) {
      await handlers['analysis.cancel']({ analysisId }, { signal });
      return err('cancelled', 'The scan was cancelled.');
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    status = await handlers['analysis.status']({ analysisId }, { signal });
  }
  if (status.ok && status.value.state !== 'done') {
    return err('inference-failed', status.value.message ?? 'The analysis did not finish.');
  }
  return status;
}

/** File names of reports: the record's own, with its folder before it where two records share one. */
function createNames(): (record: string, path: string) => string {
  const taken = new Map<string, string>();
  return (record, path) => {
    const stem = record.replace(/[^\w.-]+/g, '_') || basename(path, extname(path));
    const folder = basename(dirname(path)).replace(/[^\w.-]+/g, '_');
    let name = `${stem}.pdf`;
    for (let n = 1; (taken.get(name) ?? path) !== path; n++) {
      name = n === 1 ? `${folder}-${stem}.pdf` : `${folder}-${stem}-${n}.pdf`;
    }
    taken.set(name, path);
    return name;
  };
}
