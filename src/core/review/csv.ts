import {
  BEAT_CLASSES,
  caliperMeasures,
  type Finding,
  type KeptCaliper,
  type Segment,
  type SegmentDecision,
} from '../../shared/domain';
import { blindWord } from './blind-answers';
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
      'blind_answer',
      'blind_reader',
    ],
    segments.map(({ index, startS, endS, verdict, probability, refer, reason }) => {
      const { decision, note, reader, atMs, blind } = bySegment.get(index) ?? {};
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
        blindWord(blind),
        blind?.reader ?? null,
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
      'blind_answer',
      'blind_reader',
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
      blindWord(finding.blind),
      finding.blind?.reader ?? null,
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

/**
 * Marks of the calipers, one line each: edges in seconds, intervals in ms, the signal at the edges in mV and what it was
 * read through; QTc after Bazett and Fridericia from the RR that the mark names, ST against the first edge.
 */
export function marksCsv(marks: readonly KeptCaliper[]): string {
  const fixed = (value: number | null | undefined, digits: number): string | null =>
    value === null || value === undefined ? null : value.toFixed(digits);
  return csvTable(
    [
      'kind',
      'lead',
      'start_s',
      'end_s',
      'duration_ms',
      'rate_bpm',
      'rr_ms',
      'qtc_bazett_ms',
      'qtc_fridericia_ms',
      'start_mv',
      'end_mv',
      'st60_mv',
      'st80_mv',
      'filter',
      'reader',
      'measured_at',
    ],
    marks.map((mark) => {
      const found = caliperMeasures(mark);
      return [
        mark.kind,
        mark.lead,
        mark.startS.toFixed(4),
        mark.endS.toFixed(4),
        found.durationMs.toFixed(1),
        fixed(found.rateBpm, 1),
        fixed(mark.rrMs, 1),
        fixed(found.qtcBazettMs, 1),
        fixed(found.qtcFridericiaMs, 1),
        fixed(mark.startMv, 3),
        fixed(mark.endMv, 3),
        fixed(found.st60Mv, 3),
        fixed(found.st80Mv, 3),
        mark.filter ?? '',
        mark.reader,
        instant(mark.atMs),
      ];
    }),
  );
}
