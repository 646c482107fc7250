import { ok, type Result, type DisplayFilterId } from '../../shared/domain';

import { millivoltsPerUnit, shortLeadName } from '../../shared/domain';
import { readFiltered } from '../traces/filtered-samples';
import type { OpenRecording } from '../formats/open-recording';
import { workerRecordings } from '../recordings/worker-recordings';
import type { ReportData, ReportOptions, ReportStrip, StripLead } from './types';
import { writeReport } from './write-report';

/** A report before its samples are read: strips name their time, and the leads are the same for all. */
export interface ReportJob {
  readonly recordingPath: string;
  readonly data: Omit<ReportData, 'strips'>;
  readonly strips: readonly Omit<ReportStrip, 'leads'>[];
  /** Indices of the ECG leads to draw. */
  readonly leads: readonly number[];
  /** What the strips are drawn through; its caption is among the data. */
  readonly filter: DisplayFilterId;
  readonly options: ReportOptions;
  /** Where the PDF goes. */
  readonly path: string;
}

/** Reads the strips' samples through the model's filter and writes the PDF. */
export function runReportJob(job: ReportJob): Promise<Result<{ pages: number }>> {
  return workerRecordings().use(job.recordingPath, async (recording) => {
    const strips: ReportStrip[] = [];
    for (const strip of job.strips) {
      const leads: StripLead[] = [];
      for (const lead of job.leads) {
        const read = await readLead(recording, lead, job.filter, strip.startS, strip.endS);
        if (!read.ok) return read;
        leads.push(read.value);
      }
      strips.push({ ...strip, leads });
    }
    return writeReport({ ...job.data, strips }, job.options, job.path);
  });
}

async function readLead(
  recording: OpenRecording,
  lead: number,
  filter: DisplayFilterId,
  startS: number,
  endS: number,
): Promise<Result<StripLead>> {
  const { units, name } = recording.leads[lead]!;
  const rateHz = recording.leads[lead]!.samplingRateHz;
  const start = Math.round(startS * rateHz);
  const read = await readFiltered(recording, lead, filter, start, Math.round(endS * rateHz));
  if (!read.ok) return read;
  const toMv = millivoltsPerUnit(units) ?? 1;
  return ok({
    name: shortLeadName(name.trim()) || `signal ${lead + 1}`,
    samplingRateHz: rateHz,
    samplesMv: Float32Array.from(read.value, (value) => value * toMv),
  });
}
