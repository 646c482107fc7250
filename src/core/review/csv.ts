import {
  BEAT_CLASSES,
  type Finding,
  type Segment,
  type SegmentDecision,
} from '../../shared/domain';
import { csvTable } from '../base/csv';
import type { StandingBeats } from '../findings/standing-beats';

const yesNo = (is: boolean): string => (is ? 'yes' : 'no');
const instant = (atMs: number | null): string | null =>
  atMs === null ? null : new Date(atMs).toISOString();

/** Segments with the model's verdict and the reader's decision, one line each, times in seconds. */
export function segmentsCsv(
  segments: readonly Segment[],
  decisions: readonly SegmentDecision[],
): string {
  const bySegment = new Map(decisions.map((decision) => [decision.segment, decision]));
  return csvTable(
    [
      'segment',
      'start_s',
      'end_s',
      'verdict',
      'probability',
      'refer',
      'reason',
      'decision',
      'note',
      'reader',
      'decided_at',
    ],
    segments.map(({ index, startS, endS, verdict, probability, refer, reason }) => {
      const { decision, note, reader, atMs } = bySegment.get(index) ?? {};
      return [
        index,
        startS,
        endS,
        verdict,
        probability,
        yesNo(refer),
        reason,
        decision ?? 'none',
        note ?? '',
        reader ?? '',
        instant(atMs ?? null),
      ];
    }),
  );
}

/** Findings, one line each, most urgent kind first; times in seconds from the start of the recording. */
export function findingsCsv(findings: readonly Finding[]): string {
  return csvTable(
    [
      'id',
      'kind',
      'start_s',
      'end_s',
      'duration_s',
      'beats',
      'rate_bpm',
      'coupling_ms',
      'probability',
      'urgent',
      'state',
      'rejected_as',
      'note',
      'reader',
      'decided_at',
      'qrs_ms',
    ],
    findings.map((finding) => [
      finding.id,
      finding.kind,
      finding.startS,
      finding.endS,
      finding.durationS,
      finding.beats,
      finding.rateBpm,
      finding.couplingMs ?? null,
      finding.probability ?? null,
      yesNo(finding.urgent),
      finding.state,
      finding.rejectedAs ?? null,
      finding.note,
      finding.reader ?? '',
      instant(finding.decidedAtMs),
      finding.qrsMs ?? null,
    ]),
  );
}

/**
 * Beats as the reader left them with their class (ANSI/AAMI EC57 letters), one line each, and whether they count or lie
 * where nothing can be read. RR is the interval to the beat before, empty where something unknown lies between.
 */
export function beatsCsv(beats: StandingBeats): string {
  const { timeS, beatClass, confidence, attention, counts, rrMs } = beats;
  return csvTable(
    ['beat', 'time_s', 'class', 'confidence', 'rr_ms', 'attention', 'counts'],
    Array.from(timeS, (at, i) => [
      i,
      at.toFixed(4),
      BEAT_CLASSES[beatClass[i]!] ?? 'Q',
      confidence[i]!.toFixed(4),
      Number.isNaN(rrMs[i]) ? null : rrMs[i]!.toFixed(0),
      attention[i]!.toFixed(4),
      yesNo(counts[i] === 1),
    ]),
  );
}
