import {
  applyBeatEdits,
  ok,
  type ModelCard,
  type Overlay,
  type RecordingInfo,
  type Result,
  type ReviewState,
  type Segment,
} from '../../shared/domain';
import type { HeartRate } from '../beats/heart-rate';
import type { AnalysisResult } from '../store-types';
import { chooseStrips } from './choose-strips';
import type { ReportJob } from './report-task';
import type { ReportFinding, ReportOptions, ReportStrip } from './types';

/** Strips at the most: thirty are fifteen pages, as many as anyone reads. */
const MOST_STRIPS = 30;
/** A 12-lead record is drawn whole; more signals than that are not leads of one ECG. */
const MOST_LEADS = 12;

export interface ReportSource {
  readonly headerPath: string;
  readonly info: RecordingInfo;
  readonly recordSha256: string;
  readonly card: ModelCard;
  readonly modelSha256: string;
  readonly threshold: number;
  readonly result: AnalysisResult;
  readonly review: ReviewState;
  readonly reviewer: string;
  readonly createdAtMs: number;
  readonly version: string;
  /** Findings in the order in which they matter, over the beats as the reader left them. */
  findings(beats: AnalysisResult['beats']): readonly ReportFinding[];
  heartRate(beats: AnalysisResult['beats']): HeartRate | null;
  explain(segment: Segment): Promise<Result<Overlay>>;
}

/** Everything of a report but its samples, from an analysis and what was decided on it. */
export async function planReport(
  source: ReportSource,
  options: ReportOptions,
  path: string,
): Promise<Result<ReportJob>> {
  const { info, card, result, review } = source;
  const beats = applyBeatEdits(result.beats, review.beatEdits);
  const findings = source.findings(beats);
  const choice = chooseStrips(result.segments, review.decisions, findings, MOST_STRIPS);
  const strips: Omit<ReportStrip, 'leads'>[] = [];
  for (const { segment, title } of choice.chosen) {
    const overlay = await source.explain(segment);
    // A strip without its ribbon is still a strip; only a cancelled request ends the report.
    if (!overlay.ok && overlay.error.code === 'cancelled') return overlay;
    strips.push({
      segment,
      title,
      startS: segment.startS,
      endS: segment.endS,
      decision: review.decisions.find((decision) => decision.segment === segment.index) ?? null,
      attention: overlay.ok ? ribbon(overlay.value, segment) : null,
    });
  }
  const ecgLeads = info.leads.filter((lead) => lead.isEcg);
  return ok({
    headerPath: source.headerPath,
    data: {
      recording: info,
      recordSha256: source.recordSha256,
      model: {
        id: card.id,
        version: card.version,
        sha256: source.modelSha256,
        scheme: card.scheme,
        threshold: source.threshold,
      },
      segments: result.segments,
      decisions: review.decisions,
      beats,
      episodes: result.episodes,
      heartRate: source.heartRate(beats),
      findings,
      leftOut: choice.leftOut,
      reviewer: source.reviewer,
      createdAtMs: source.createdAtMs,
      version: source.version,
      filterLabel: `${card.filter.lowHz}–${card.filter.highHz} Hz`,
    },
    strips,
    leads: (ecgLeads.length > 0 ? ecgLeads : info.leads)
      .slice(0, MOST_LEADS)
      .map((lead) => lead.index),
    options,
    path,
  });
}

/** Half the width of a beat's mark on the ribbon: a QRS complex with its T wave's beginning. */
const BEAT_MARK_S = 0.12;
const BEAT_RIBBON_STEP_S = 0.02;

/** Mean attention over the heads, scaled to its own maximum, as the ribbon of a strip. */
function ribbon(overlay: Overlay, { startS, endS }: Segment): ReportStrip['attention'] {
  const values = new Float32Array(overlay.tokens);
  for (let i = 0; i < overlay.attention.length; i++) {
    values[i % overlay.tokens]! += overlay.attention[i]!;
  }
  const largest = Math.max(...values);
  if (!(largest > 0)) return null;
  const shares = values.map((value) => value / largest);
  if (!overlay.tokenTimesS) return { stepS: overlay.stepS, values: shares };
  const marks = new Float32Array(Math.round((endS - startS) / BEAT_RIBBON_STEP_S));
  overlay.tokenTimesS.forEach((timeS, beat) => {
    const middle = Math.round((timeS - startS) / BEAT_RIBBON_STEP_S);
    const half = Math.round(BEAT_MARK_S / BEAT_RIBBON_STEP_S);
    marks.fill(shares[beat]!, Math.max(0, middle - half), Math.max(0, middle + half + 1));
  });
  return { stepS: BEAT_RIBBON_STEP_S, values: marks };
}
