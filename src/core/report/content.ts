import { createHash } from 'node:crypto';
import {
  valueOf,
  type ClockHours,
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
import { CLOCK_HOURS } from '../../shared/contract/settings-choices';
import {
  LANGUAGES,
  english,
  englishAsSigned,
  wordsBefore,
  wordsIn,
  type Words,
} from '../../shared/words';
import type { Findings } from '../findings/findings';
import { openDifferences } from '../review/compare-reads';
import type { RecordingReading } from '../review/readings';
import type { Standing } from '../review/standing';
import { auditInWords, auditOf } from './audit';
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
  /** Of what it says in English: the same report in another language is not another one. */
  readonly digest: string;
  /** In English, as signatures keep them. */
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

/** @param words in which it is said, and `hours` of its clock; what is kept of a signature depends on neither */
export function reportContent(basis: ReportBasis, words: Words, hours: ClockHours): ReportContent {
  const { info, reading, program, standing, namesBeats, reads } = basis;
  const { findings } = reading;
  const timesIn = (said: Words, clock: ClockHours = 24) =>
    reportTimes(info.startClock, info.durationS, said, clock);
  const written = standing.report();
  const signatures = standing.signatures();
  const concludedIn = (said: Words, clock: ClockHours) =>
    conclusionOf(findings, timesIn(said, clock), namesBeats, said);
  // A reader's words stand for the sentence that they replaced, in whatever language and clock it was read.
  const concluded = LANGUAGES.flatMap((language) =>
    CLOCK_HOURS.map((clock) => concludedIn(wordsIn(language), clock)),
  );
  const before = wordsBefore.map((said) => concludedIn(said, 12));
  const signed = concludedIn(englishAsSigned, 24);
  const asWritten = (said: typeof signed): ConclusionSentence[] =>
    withWritten(said, written.conclusion, [...concluded, ...before, signed]);
  const figuresIn = (of: Findings, said: Words): ReportFigure[] =>
    figuresOf(summaryOf(of, timesIn(said), namesBeats, said));
  const own = written.conclusion?.words ?? '';
  const hasPage = twelveLeadsOf(info.leads) !== null;
  const chosen = defaultStrips(findings, reading.beats.timeS, reading.segments, hasPage, words);
  const strips = printedStrips(written.strips, chosen, findings, words);
  const figures = figuresIn(findings, englishAsSigned);
  const ofProgram = figuresIn(program, englishAsSigned);
  const namesIn = (kept: readonly ReportFigure[], of: Findings) => {
    const said = figuresIn(of, words);
    return kept.map(({ name }, i) => [name, said[i]!.name] as const);
  };
  const names = new Map([...namesIn(ofProgram, program), ...namesIn(figures, findings)]);
  const digest = digestOf([
    asWritten(signed).map(
      ({ parts, written: instead }) => instead ?? parts.map(({ text }) => text),
    ),
    own,
    strips.map(({ id, title, comment, startS, endS }) => [id, title, comment, startS, endS]),
    identityOf(info, written.identity, english),
    figures,
    findings.findings.map(({ id, state, note, rejectedAs }) => [id, state, note, rejectedAs]),
    ...(reads ? [readsLine(reads, english)] : []),
    // A report without marks says what it said before there were any.
    ...(reading.calipers.length > 0 ? [reading.calipers] : []),
  ]);
  const last = signatures.at(-1);
  const audit = auditOf(ofProgram, figures, standing.actsBy(0));
  const amended = last ? auditOf(last.figures, figures, standing.actsBy(last.sequence)) : null;
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
    fileIdentity: fileIdentity(info, words),
    identity: identityOf(info, written.identity, words),
    sentences: asWritten(concludedIn(words, hours)),
    words: own,
    strips,
    ownStrips: written.strips === null,
    audit: auditInWords(audit, names, words),
    amended: amended && auditInWords(amended, names, words),
    reads,
  };
}

/** The strips in the reader's order with what is known of their findings. A rejected finding has no strip. */
function printedStrips(
  chosen: readonly Omit<TitledStrip, 'ownTitle'>[] | null,
  own: readonly TitledStrip[],
  { findings, thresholds }: Findings,
  words: Words,
): ReportDraftStrip[] {
  const byId = new Map<string, Finding>(findings.map((finding) => [finding.id, finding]));
  const ownById = new Map(own.map((strip) => [strip.id, strip]));
  const titled = (chosen ?? own).map((strip): TitledStrip => {
    const finding = strip.findingId === null ? undefined : byId.get(strip.findingId);
    const known = ownById.get(strip.id)?.ownTitle;
    const title =
      known ??
      (finding && stripOf(finding, '', thresholds, words).ownTitle) ??
      words.say('report.chosenStretchTitle');
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
        value: finding ? valueOf(finding, thresholds, words) : '',
        state: finding?.state ?? null,
      },
    ];
  });
}

function digestOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
