import {
  displayFilter,
  ok,
  shownOrder,
  type DisplayFilterId,
  type ModelCard,
  type RecordingInfo,
  type Result,
  type Segment,
} from '../../shared/domain';
import type { SegmentAttention } from '../analysis/overlays/known-attention';
import type { RecordingReading } from '../review/readings';
import { cautions } from './cautions';
import { chooseStrips } from './choose-strips';
import type { ReportJob } from './report-job';
import { reportFindings, type FoundKind } from './report-findings';
import type { ReportOptions, ReportStrip, StripAttention } from './types';

/** Strips at the most: thirty are fifteen pages, as many as anyone reads. */
const MOST_STRIPS = 30;
/** A 12-lead record is drawn whole; more signals than that are not leads of one ECG. */
const MOST_LEADS = 12;

export interface ReportSource {
  readonly recordingPath: string;
  /** What the strips are drawn through. */
  readonly filter: DisplayFilterId;
  readonly info: RecordingInfo;
  readonly recordSha256: string;
  readonly card: ModelCard;
  readonly modelSha256: string;
  readonly threshold: number;
  /** As the program and the reader left it. */
  readonly reading: RecordingReading;
  readonly namesBeats: boolean;
  readonly reader: string;
  readonly createdAtMs: number;
  readonly version: string;
  /** Attention of the segments that get a strip, by index; those in which the model did not look are left out. */
  attention(segments: readonly Segment[]): Promise<Result<ReadonlyMap<number, SegmentAttention>>>;
}

/** Everything of a report but its samples, from an analysis and what was decided on it. */
export async function planReport(
  source: ReportSource,
  options: ReportOptions,
  path: string,
): Promise<Result<ReportJob>> {
  const { info, card, reading } = source;
  const { segments, decisions } = reading;
  const { timeS, beatClass } = reading.findings.beats;
  const { counts, heartRate, trend, analysableS, thresholds } = reading.findings;
  const findings = reportFindings(reading.findings.findings, segments, thresholds);
  const choice = chooseStrips(segments, decisions, findings, MOST_STRIPS);
  const looked = await source.attention(choice.chosen.map(({ segment }) => segment));
  // A strip without its ribbon is still a strip; only a cancelled request ends the report.
  if (!looked.ok && looked.error.code === 'cancelled') return looked;
  const attentionOf = looked.ok ? looked.value : null;
  const strips = choice.chosen.map(({ segment, title }): Omit<ReportStrip, 'leads'> => {
    const attention = attentionOf?.get(segment.index);
    return {
      segment,
      title,
      aboutS: placeOf(
        findings.find(({ kind }) => kind === title),
        segment,
      ),
      startS: segment.startS,
      endS: segment.endS,
      decision: decisions.find((decision) => decision.segment === segment.index) ?? null,
      attention: attention ? ribbon(attention, segment) : null,
    };
  });
  const ecgLeads = info.leads.filter((lead) => lead.isEcg);
  const drawn = ecgLeads.length > 0 ? ecgLeads : info.leads;
  const leads = shownOrder(drawn).map((place) => drawn[place]!);
  const isOnStrip = (timeS: number): boolean =>
    strips.some(({ startS, endS }) => startS <= timeS && timeS < endS);
  return ok({
    recordingPath: source.recordingPath,
    data: {
      recording: info,
      recordSha256: source.recordSha256,
      model: {
        id: card.id,
        version: card.version,
        sha256: source.modelSha256,
        scheme: card.scheme,
        threshold: source.threshold,
        limits: card.limits,
      },
      segments,
      decisions,
      beats: { timeS, beatClass },
      editedBeats: reading.editedBeats,
      heartRate,
      trend,
      counts,
      analysableS,
      namesBeats: source.namesBeats,
      afS: thresholds.afS,
      longestAfS: Math.max(
        0,
        ...reading.findings.findings
          .filter(({ kind, state }) => kind === 'af' && state !== 'rejected')
          .map(({ durationS }) => durationS),
      ),
      rejected: counts.kinds.reduce((sum, { rejected }) => sum + rejected, 0),
      findings: findings.map(({ occurrences, ...finding }) => ({
        ...finding,
        inStrips: occurrences.filter(({ startS }) => isOnStrip(startS)).length,
      })),
      cautions: cautions(
        info,
        card,
        leads.slice(MOST_LEADS).map(({ name }) => name),
        options.identity,
      ),
      leftOut: choice.leftOut,
      reader: source.reader,
      createdAtMs: source.createdAtMs,
      version: source.version,
      filterLabel: displayFilter(source.filter).caption,
    },
    strips,
    filter: source.filter,
    leads: leads.slice(0, MOST_LEADS).map((lead) => lead.index),
    options,
    path,
  });
}

/** The kind's example where it lies in the segment, else the first of the kind that does, else the middle. */
function placeOf(finding: FoundKind | undefined, { startS, endS }: Segment): number {
  const lies = (timeS: number): boolean => startS <= timeS && timeS < endS;
  if (finding && lies(finding.exampleS)) return finding.exampleS;
  return finding?.occurrences.find((at) => lies(at.startS))?.startS ?? (startS + endS) / 2;
}

/** Attention whose maximum is less than this times its mean points nowhere. */
const EVEN_RATIO = 1.25;
/** Half the width of a beat's mark on the ribbon: a QRS complex with its T wave's beginning. */
const BEAT_MARK_S = 0.12;
const BEAT_RIBBON_STEP_S = 0.02;

/** Mean attention over the heads, scaled to its own maximum, as the ribbon of a strip. */
function ribbon(attended: SegmentAttention, { startS, endS }: Segment): StripAttention | null {
  const largest = Math.max(...attended.shares);
  if (!(largest > 0)) return null;
  const faithful = attended.faithfulness?.faithful ?? null;
  const shares = attended.shares.map((value) => value / largest);
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const even = shares.length > 1 && mean > 1 / EVEN_RATIO;
  if (!attended.beatTimesS) return { stepS: attended.stepS, values: shares, faithful, even };
  const marks = new Float32Array(Math.round((endS - startS) / BEAT_RIBBON_STEP_S));
  attended.beatTimesS.forEach((timeS, beat) => {
    const middle = Math.round((timeS - startS) / BEAT_RIBBON_STEP_S);
    const half = Math.round(BEAT_MARK_S / BEAT_RIBBON_STEP_S);
    marks.fill(shares[beat]!, Math.max(0, middle - half), Math.max(0, middle + half + 1));
  });
  return { stepS: BEAT_RIBBON_STEP_S, values: marks, faithful, even };
}
