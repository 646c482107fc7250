import {
  DISPLAY_BANDS,
  displayFilter,
  hueOf,
  kindShort,
  type LeadLayout,
  ok,
  type ClockHours,
  type DisplayFilterId,
  type Finding,
  type Measurements,
  type ModelCard,
  type RecordingInfo,
  type ReportDraftStrip,
  type Result,
  type Segment,
} from '../../shared/domain';
import { wordsIn, type Language, type Words } from '../../shared/words';
import type { SegmentAttention } from '../analysis/overlays/known-attention';
import type { RecordingReading } from '../review/readings';
import { cautions } from './cautions';
import { marksOnNoPaper } from './strip-marks';
import { conclusionOf } from './conclusion';
import type { ReportContent } from './content';
import { PAPER_MM, traceWidthMm } from './page-size';
import type { ReportJob } from './report-job';
import { timesOf } from './report-times';
import { ribbonOf } from './ribbon-values';
import { stripRows } from './strip-rows';
import { summaryOf } from './summary';
import { leadsOnStrips, twelveLeadPapers, twelveLeadsAt, twelveLeadsOf } from './twelve-leads';
import type { ReportData, ReportOptions, ReportStrip, StripRow } from './types';

/** More signals than a 12-lead record has are not leads of one ECG. */
const MOST_LEADS = 12;

export interface ReportSource {
  readonly language: Language;
  readonly clockHours: ClockHours;
  readonly recordingPath: string;
  /** What the strips are drawn through. */
  readonly filter: DisplayFilterId;
  /** What twelve leads are drawn through, and how they stand. */
  readonly twelveLeadFilter: DisplayFilterId;
  readonly layout: LeadLayout;
  readonly info: RecordingInfo;
  readonly recordSha256: string;
  readonly card: ModelCard;
  readonly modelSha256: string;
  readonly threshold: number;
  /** As the program and the reader left it. */
  readonly reading: RecordingReading;
  readonly content: ReportContent;
  readonly namesBeats: boolean;
  readonly reader: string;
  readonly institution: string;
  readonly logo: Uint8Array | null;
  readonly createdAtMs: number;
  readonly version: string;
  /** Attention of segments by index, where it is wished for; those in which the model did not look are left out. */
  /** What is measured in the averaged beat; asked for where there is a page of twelve leads. */
  readonly measured: () => Promise<Result<Measurements>>;
  attention:
    | ((segments: readonly Segment[]) => Promise<Result<ReadonlyMap<number, SegmentAttention>>>)
    | null;
}

/** Everything of a report but its samples, from an analysis and what was decided on it. */
export async function planReport(
  source: ReportSource,
  options: ReportOptions,
  path: string,
): Promise<Result<ReportJob>> {
  const { info, card, reading, content, language } = source;
  const words = wordsIn(language);
  const { findings, segments } = reading;
  const { clockHours } = source;
  const times = timesOf({ recording: info, clockHours }, options, words);
  const { timeS, beatClass } = findings.beats;
  const leads = leadsOnStrips(info.leads, MOST_LEADS);
  const undrawn = info.leads.filter(({ isEcg }) => isEcg).slice(MOST_LEADS);
  const strips = content.strips.map((strip) =>
    plannedStrip(strip, findings.findings, reading.beats.timeS, info.durationS, options, words),
  );
  const looked = await attentionOf(source, strips, segments);
  if (!looked.ok) return looked;
  const twelve = twelveLeadsOf(info.leads);
  const page = twelve && { ...twelveLeadsAt(segments, info.durationS), leads: twelve };
  const onStrips = leads.map(({ index }) => index);
  const papers = [
    ...strips.flatMap(({ rows }) => rows.map((row) => ({ ...row, leads: onStrips }))),
    ...(page ? twelveLeadPapers(page, info.leads, source.layout) : []),
  ];
  const shown = new Set(content.strips.map(({ findingId }) => findingId));
  return ok({
    recordingPath: source.recordingPath,
    data: {
      language,
      clockHours,
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
      content,
      sentences: conclusionOf(findings, times, source.namesBeats, words).map((one) => ({
        ...one,
        written: content.sentences.find(({ key }) => key === one.key)?.written ?? null,
        outdated: null,
      })),
      summary: summaryOf(findings, times, source.namesBeats, words),
      thresholds: findings.thresholds,
      findings: findings.findings,
      beats: { timeS, beatClass },
      counts: findings.counts,
      heartRate: findings.heartRate,
      trend: findings.trend,
      hours: findings.hours,
      unreadable: findings.unreadable,
      analysableS: findings.analysableS,
      namesBeats: source.namesBeats,
      marks: reading.calipers,
      notes: [
        ...notesOf(reading, shown, words),
        ...marksOnNoPaper(reading.calipers, papers, info, words),
      ].sort((a, b) => a.atS - b.atS),
      cautions: cautions(
        info,
        card,
        undrawn.map(({ name }) => name),
        options.identity,
        words,
      ),
      reader: source.reader,
      createdAtMs: source.createdAtMs,
      version: source.version,
      filterLabel: filterInWords(source.filter, words),
      institution: source.institution,
      logo: source.logo,
    },
    strips: strips.map((strip) => ({
      ...strip,
      rows: strip.rows.map((row) => ({ ...row, attention: looked.value(row) })),
    })),
    leads: onStrips,
    twelveLeads: page && {
      ...page,
      measured: await source.measured(),
      layout: source.layout,
      filter: source.twelveLeadFilter,
      filterLabel: filterInWords(source.twelveLeadFilter, words),
    },
    filter: source.filter,
    options,
    path,
  });
}

type PlannedStrip = Omit<ReportStrip, 'rows'> & {
  readonly rows: readonly Omit<StripRow, 'leads'>[];
};

function plannedStrip(
  strip: ReportDraftStrip,
  findings: readonly Finding[],
  beatsS: Float64Array,
  durationS: number,
  { paper }: ReportOptions,
  words: Words,
): PlannedStrip {
  const { id, findingId, startS, endS } = strip;
  const finding = findings.find((one) => one.id === findingId);
  const about = { startS, endS };
  const laid = stripRows(about, beatsS, durationS, traceWidthMm(PAPER_MM[paper].width));
  return {
    id,
    title: strip.title || strip.ownTitle,
    comment: strip.comment,
    note: finding?.note.trim() ?? '',
    state: strip.state,
    chip: finding ? `${kindShort(finding.kind, words)}, ${strip.value}` : '',
    hue: finding ? hueOf(finding.kind) : 'n',
    about,
    sweepMmPerS: laid.sweepMmPerS,
    leftOutS: laid.leftOutS,
    rows: laid.rows.map((row) => ({ ...row, attention: null })),
  };
}

/** For a row of paper, where the model looked in the segment that lies most in it. */
async function attentionOf(
  { attention }: ReportSource,
  strips: readonly PlannedStrip[],
  segments: readonly Segment[],
): Promise<Result<(row: { startS: number; endS: number }) => StripRow['attention']>> {
  if (!attention) return ok(() => null);
  const segmentOf = ({ startS, endS }: { startS: number; endS: number }): Segment | undefined => {
    const middleS = (startS + endS) / 2;
    const distance = (one: Segment): number => Math.abs((one.startS + one.endS) / 2 - middleS);
    return segments
      .filter((one) => one.startS <= middleS && middleS <= one.endS)
      .reduce<Segment | undefined>(
        (best, one) => (best && distance(best) <= distance(one) ? best : one),
        undefined,
      );
  };
  const asked = new Map<number, Segment>();
  for (const row of strips.flatMap(({ rows }) => rows)) {
    const segment = segmentOf(row);
    if (segment) asked.set(segment.index, segment);
  }
  const looked = await attention([...asked.values()]);
  // A strip without its ribbon is still a strip; only a cancelled request ends the report.
  if (!looked.ok) return looked.error.code === 'cancelled' ? looked : ok(() => null);
  return ok((row) => {
    const segment = segmentOf(row);
    const found = segment && looked.value.get(segment.index);
    return segment && found ? ribbonOf(found, segment) : null;
  });
}

/** Notes that stand on no strip: of findings without one, and of segments. */
function notesOf(
  { findings, segments, decisions }: RecordingReading,
  shown: ReadonlySet<string | null>,
  words: Words,
): ReportData['notes'] {
  const { say } = words;
  const ofFindings = findings.findings
    .filter(({ id, note }) => note.trim() !== '' && !shown.has(id))
    .map(({ kind, startS, state, note }) => ({
      atS: startS,
      title: `${kindShort(kind, words)}, ${say(`verdicts.state_${state}`)}`,
      note: note.trim(),
    }));
  const ofSegments = decisions.flatMap(({ segment, note, decision }) => {
    const at = segments.find(({ index }) => index === segment);
    if (!at || note.trim() === '') return [];
    const title = say('reportPages.segmentNote', {
      verdict: say(`verdicts.${at.verdict}`),
      decision: say(`verdicts.state_${STATES[decision]}`),
    });
    return [{ atS: at.startS, title, note: note.trim() }];
  });
  return [...ofFindings, ...ofSegments].sort((a, b) => a.atS - b.atS);
}

const STATES = {
  none: 'open',
  agree: 'confirmed',
  overrule: 'rejected',
  unsure: 'unsure',
} as const;

/** What the strips are drawn through, as `0.5–40 Hz, notch 50 Hz`. */
function filterInWords(id: DisplayFilterId, { say, marked }: Words): string {
  const { bandId, notchHz } = displayFilter(id);
  const { caption, band: edges } = DISPLAY_BANDS[bandId];
  const band = edges === null ? say('reportPages.asRecorded') : marked(caption);
  return notchHz === null ? band : say('reportPages.notch', { band, hz: String(notchHz) });
}
