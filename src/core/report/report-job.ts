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
import { readFilteredStretches } from '../traces/filtered-stretches';
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
    const papers = job.strips.flatMap(({ rows }) => rows);
    const read = await readLeads(recording, job.leads, job.filter, papers);
    if (!read.ok) return read;
    const samplesOf = new Map(papers.map((row, i) => [row, read.value[i]!]));
    const strips = job.strips.map((strip) => ({
      ...strip,
      rows: strip.rows.map((row) => ({ ...row, leads: samplesOf.get(row)! })),
    }));
    const { twelveLeads } = job;
    const twelve =
      twelveLeads &&
      (await readLeads(recording, twelveLeads.leads, twelveLeads.filter, [twelveLeads]));
    if (twelve && !twelve.ok) return twelve;
    const page = twelve ? { ...twelveLeads!, leads: twelve.value[0]! } : null;
    return writeReport({ ...job.data, strips, twelveLeads: page }, job.options, job.path);
  });
}

/** @returns for each of the times, in their order, the leads as they are drawn there */
async function readLeads(
  recording: OpenRecording,
  indices: readonly number[],
  filter: DisplayFilterId,
  times: readonly TimeSpan[],
): Promise<Result<StripLead[][]>> {
  const leadsAt = times.map((): StripLead[] => []);
  for (const index of indices) {
    const { units, name, samplingRateHz } = recording.leads[index]!;
    const stretches = times.map(({ startS, endS }) => ({
      start: Math.round(startS * samplingRateHz),
      end: Math.round(endS * samplingRateHz),
    }));
    const read = await readFilteredStretches(recording, index, filter, stretches);
    if (!read.ok) return read;
    const toMv = millivoltsPerUnit(units) ?? 1;
    const shown = shortLeadName(name.trim()) || `signal ${index + 1}`;
    for (const [i, leads] of leadsAt.entries()) {
      const samplesMv = inMillivolts(read.value[i]!, toMv);
      leads.push({ index, name: shown, samplingRateHz, samplesMv });
    }
  }
  return ok(leadsAt);
}

function inMillivolts(samples: Float32Array, toMv: number): Float32Array {
  const inMv = new Float32Array(samples.length);
  for (let i = 0; i < samples.length; i++) inMv[i] = samples[i]! * toMv;
  return inMv;
}
