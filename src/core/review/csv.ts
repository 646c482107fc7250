import {
  BEAT_CLASSES,
  type BeatColumns,
  type Finding,
  type Segment,
  type SegmentDecision,
} from '../../shared/domain';

/** RFC 4180: fields with a comma, quote or line end are quoted, quotes doubled, lines end in CRLF. */
function line(fields: readonly (string | number | null)[]): string {
  const quoted = fields.map((field) => {
    const text = field === null ? '' : String(field);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return quoted.join(',') + '\r\n';
}

/**
 * A note that a spreadsheet would run as a formula gets a leading apostrophe
 * (OWASP, "CSV Injection").
 */
function plainText(note: string): string {
  return /^[=+\-@\t\r]/.test(note) ? `'${note}` : note;
}

/** Segments with the model's verdict and the reader's decision, one line each, times in seconds. */
export function segmentsCsv(
  segments: readonly Segment[],
  decisions: readonly SegmentDecision[],
): string {
  const bySegment = new Map(decisions.map((decision) => [decision.segment, decision]));
  const head = line([
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
  ]);
  return (
    head +
    segments
      .map((segment) => {
        const decision = bySegment.get(segment.index);
        return line([
          segment.index,
          segment.startS,
          segment.endS,
          segment.verdict,
          segment.probability,
          segment.refer ? 'yes' : 'no',
          segment.reason,
          decision?.decision ?? 'none',
          plainText(decision?.note ?? ''),
          plainText(decision?.reader ?? ''),
          decision ? new Date(decision.atMs).toISOString() : null,
        ]);
      })
      .join('')
  );
}

/** Findings, one line each, most urgent kind first; times in seconds from the start of the recording. */
export function findingsCsv(findings: readonly Finding[]): string {
  const head = line([
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
  ]);
  const rows = findings.map((finding) =>
    line([
      finding.id,
      finding.kind,
      finding.startS,
      finding.endS,
      finding.durationS,
      finding.beats,
      finding.rateBpm,
      finding.couplingMs ?? null,
      finding.probability ?? null,
      finding.urgent ? 'yes' : 'no',
      finding.state,
      finding.rejectedAs ?? null,
      plainText(finding.note),
      plainText(finding.reader ?? ''),
      finding.decidedAtMs === null ? null : new Date(finding.decidedAtMs).toISOString(),
    ]),
  );
  return head + rows.join('');
}

/** Beats with their class (ANSI/AAMI EC57 letters), one line each; RR is the interval to the beat before. */
export function beatsCsv(beats: BeatColumns): string {
  const rows = Array.from(beats.timeS, (timeS, i) =>
    line([
      i,
      timeS.toFixed(4),
      BEAT_CLASSES[beats.beatClass[i]!] ?? 'Q',
      beats.confidence[i]!.toFixed(4),
      i === 0 ? null : ((timeS - beats.timeS[i - 1]!) * 1000).toFixed(0),
      beats.attention[i]!.toFixed(4),
    ]),
  );
  return line(['beat', 'time_s', 'class', 'confidence', 'rr_ms', 'attention']) + rows.join('');
}
