import { createHash } from 'node:crypto';
import {
  valueOf,
  type ConclusionSentence,
  type Finding,
  type ReadComparison,
  type RecordingInfo,
  type ReportAudit,
  type ReportDraftStrip,
  type ReportFigure,
  type ReportIdentity,
  type ReportState,
} from '../../shared/domain';
import type { Findings } from '../findings/findings';
import { openDifferences } from '../review/compare-reads';
import type { RecordingReading } from '../review/readings';
import type { Standing } from '../review/standing';
import { auditOf } from './audit';
import { conclusionOf, withWritten } from './conclusion';
import { defaultStrips, stripOf, type TitledStrip } from './default-strips';
import { fileIdentity, identityOf } from './identity';
import { readsLine } from './reads-text';
import { reportState } from './report-state';
import { reportTimes } from './report-times';
import { figuresOf, summaryOf } from './summary';
import { twelveLeadsOf } from './twelve-leads';

/** What a report is made from. */
export interface ReportBasis {
  readonly info: RecordingInfo;
  readonly reading: Pick<RecordingReading, 'findings' | 'segments' | 'calipers'> & {
    readonly beats: { readonly timeS: Float64Array };
  };
  /** What the program alone had found; the same where no reader changed it. */
  readonly program: Findings;
  readonly standing: Pick<Standing, 'report' | 'signatures' | 'actsBy'>;
  readonly namesBeats: boolean;
  /** Two reads beside each other; null where there is one. */
  readonly reads: ReadComparison | null;
  isKept(version: number): boolean;
}

/** All that a report says, by its parts: what the viewer shows of it and what the PDF prints. */
export interface ReportContent {
  readonly state: ReportState;
  readonly digest: string;
  readonly figures: readonly ReportFigure[];
  readonly fileIdentity: ReportIdentity;
  readonly identity: ReportIdentity;
  readonly sentences: readonly ConclusionSentence[];
  readonly words: string;
  readonly strips: readonly ReportDraftStrip[];
  readonly ownStrips: boolean;
  readonly audit: ReportAudit;
  readonly amended: ReportAudit | null;
  readonly reads: ReadComparison | null;
}

export function reportContent(basis: ReportBasis): ReportContent {
  const { info, reading, program, standing, namesBeats, reads } = basis;
  const { findings } = reading;
  const times = reportTimes(info.startClock, info.durationS);
  const written = standing.report();
  const signatures = standing.signatures();
  const sentences = withWritten(conclusionOf(findings, times, namesBeats), written.conclusion);
  const words = written.conclusion?.words ?? '';
  const hasPage = twelveLeadsOf(info.leads) !== null;
  const own = defaultStrips(findings, reading.beats.timeS, reading.segments, hasPage);
  const strips = printedStrips(written.strips, own, findings);
  const identity = identityOf(info, written.identity);
  const figures = figuresOf(summaryOf(findings, times, namesBeats));
  const digest = digestOf([
    sentences.map(({ parts, written: instead }) => instead ?? parts.map(({ text }) => text)),
    words,
    strips.map(({ id, title, comment, startS, endS }) => [id, title, comment, startS, endS]),
    identity,
    figures,
    findings.findings.map(({ id, state, note, rejectedAs }) => [id, state, note, rejectedAs]),
    ...(reads ? [readsLine(reads)] : []),
    // A report without marks says what it said before there were any.
    ...(reading.calipers.length > 0 ? [reading.calipers] : []),
  ]);
  const last = signatures.at(-1);
  return {
    state: reportState(
      findings.findings,
      signatures,
      digest,
      (version) => basis.isKept(version),
      reads ? openDifferences(reads) : 0,
    ),
    digest,
    figures,
    fileIdentity: fileIdentity(info),
    identity,
    sentences,
    words,
    strips,
    ownStrips: written.strips === null,
    audit: auditOf(figuresOf(summaryOf(program, times, namesBeats)), figures, standing.actsBy(0)),
    amended: last ? auditOf(last.figures, figures, standing.actsBy(last.sequence)) : null,
    reads,
  };
}

/** The strips in the reader's order with what is known of their findings. A rejected finding has no strip. */
function printedStrips(
  chosen: readonly Omit<TitledStrip, 'ownTitle'>[] | null,
  own: readonly TitledStrip[],
  { findings, thresholds }: Findings,
): ReportDraftStrip[] {
  const byId = new Map<string, Finding>(findings.map((finding) => [finding.id, finding]));
  const ownById = new Map(own.map((strip) => [strip.id, strip]));
  const titled = (chosen ?? own).map((strip): TitledStrip => {
    const finding = strip.findingId === null ? undefined : byId.get(strip.findingId);
    const known = ownById.get(strip.id)?.ownTitle;
    const title =
      known ?? (finding && stripOf(finding, '', thresholds).ownTitle) ?? 'Chosen stretch';
    return { ...strip, ownTitle: title };
  });
  return titled.flatMap((strip) => {
    const finding = strip.findingId === null ? undefined : byId.get(strip.findingId);
    // What a finding was when the strip was chosen, it may not be any more: the strip follows it, or goes with it.
    if (strip.findingId !== null && (!finding || finding.state === 'rejected')) return [];
    return [
      {
        ...strip,
        startS: finding?.startS ?? strip.startS,
        endS: finding?.endS ?? strip.endS,
        value: finding ? valueOf(finding) : '',
        state: finding?.state ?? null,
      },
    ];
  });
}

function digestOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
