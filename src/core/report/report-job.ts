import {
  millivoltsPerUnit,
  ok,
  shortLeadName,
  type DisplayFilterId,
  type Result,
  type TimeSpan,
} from '../../shared/domain';
import type { OpenRecording } from '../formats/open-recording';
import { workerRecordings } from '../recordings/worker-recordings';
import { readFiltered } from '../traces/filtered-samples';
import type {
  ReportData,
  ReportOptions,
  ReportStrip,
  StripLead,
  StripRow,
  TwelveLeads,
} from './types';
import { writeReport } from './write-report';

export { loadFonts } from './load-fonts';

/** The page of twelve leads before its samples are read. */
type PlannedTwelve = Omit<TwelveLeads, 'leads'> & {
  readonly leads: readonly number[];
  readonly filter: DisplayFilterId;
};

/** A report before its samples are read: strips name their time, and the leads are the same for all. */
export interface ReportJob {
  readonly recordingPath: string;
  readonly data: Omit<ReportData, 'strips' | 'twelveLeads'>;
  readonly strips: readonly (Omit<ReportStrip, 'rows'> & {
    readonly rows: readonly Omit<StripRow, 'leads'>[];
  })[];
  /** Indices of the ECG leads that strips show. */
  readonly leads: readonly number[];
  /** Indices of twelve leads and the time for which they are drawn together; null where there are none. */
  readonly twelveLeads: PlannedTwelve | null;
  /** What the strips are drawn through; its caption is among the data. */
  readonly filter: DisplayFilterId;
  readonly options: ReportOptions;
  /** Where the PDF goes. */
  readonly path: string;
}

/** Reads the strips' samples through the reader's filter and writes the PDF. */
export function runReportJob(job: ReportJob): Promise<Result<{ pages: number }>> {
  return workerRecordings().use(job.recordingPath, async (recording) => {
    const strips: ReportStrip[] = [];
    for (const strip of job.strips) {
      const rows: StripRow[] = [];
      for (const row of strip.rows) {
        const leads = await readLeads(recording, job.leads, job.filter, row);
        if (!leads.ok) return leads;
        rows.push({ ...row, leads: leads.value });
      }
      strips.push({ ...strip, rows });
    }
    const { twelveLeads } = job;
    const twelve =
      twelveLeads &&
      (await readLeads(recording, twelveLeads.leads, twelveLeads.filter, twelveLeads));
    if (twelve && !twelve.ok) return twelve;
    const page = twelve ? { ...twelveLeads!, leads: twelve.value } : null;
    return writeReport({ ...job.data, strips, twelveLeads: page }, job.options, job.path);
  });
}

async function readLeads(
  recording: OpenRecording,
  indices: readonly number[],
  filter: DisplayFilterId,
  { startS, endS }: TimeSpan,
): Promise<Result<StripLead[]>> {
  const leads: StripLead[] = [];
  for (const index of indices) {
    const { units, name, samplingRateHz } = recording.leads[index]!;
    const start = Math.round(startS * samplingRateHz);
    const end = Math.round(endS * samplingRateHz);
    const read = await readFiltered(recording, index, filter, start, end);
    if (!read.ok) return read;
    const toMv = millivoltsPerUnit(units) ?? 1;
    leads.push({
      index,
      name: shortLeadName(name.trim()) || `signal ${index + 1}`,
      samplingRateHz,
      samplesMv: inMillivolts(read.value, toMv),
    });
  }
  return ok(leads);
}

function inMillivolts(samples: Float32Array | Float64Array, toMv: number): Float32Array {
  const inMv = new Float32Array(samples.length);
  for (let i = 0; i < samples.length; i++) inMv[i] = samples[i]! * toMv;
  return inMv;
}
