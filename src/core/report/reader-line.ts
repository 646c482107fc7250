import {
  formatCount,
  wayToSettle,
  type Finding,
  type FindingKind,
  type ReportAudit,
} from '../../shared/domain';
import { openDifferences } from '../review/compare-reads';
import { kindNoun } from './kind-nouns';
import { COLOUR } from './layout';
import { need, type Flow } from './page-frame';
import { MARGIN_MM } from './page-size';
import { readsLine } from './reads-text';
import { momentText, reportTimes, type ReportTimes } from './report-times';
import { drawRich, wrapRich, type RichPart } from './rich-text';
import { content } from './tags';
import type { ReportData } from './types';

const SIZE = 9;
const LINE_MM = 4.3;
/** More kinds than these are counted, not named. */
const MOST_NAMED = 3;
const MOST_TIMES = 3;

/** What the reader decided, what they rejected, and who changed which number. */
export function drawReaderLine(flow: Flow): void {
  const { doc, data, options, width } = flow;
  const times = reportTimes(
    options.identity ? data.recording.startClock : null,
    data.recording.durationS,
  );
  const { audit, amended, reads } = data.content;
  const paragraphs = [
    readerParts(data, times),
    reads && [{ text: readsLine(reads), bold: openDifferences(reads) > 0 }],
    auditParts('Changed by readers', audit),
    amended ? auditParts('Since the last signature', amended) : null,
  ];
  for (const parts of paragraphs) {
    if (!parts) continue;
    const lines = wrapRich(doc, parts, width, SIZE);
    need(flow, lines.length * LINE_MM);
    content(doc, 'P', () =>
      lines.forEach((line, i) => drawRich(doc, line, MARGIN_MM, flow.y + i * LINE_MM, SIZE)),
    );
    flow.y += lines.length * LINE_MM + 0.8;
  }
  flow.y += 2.4;
}

function readerParts(
  { content: said, findings, thresholds }: ReportData,
  times: ReportTimes,
): RichPart[] {
  const { events, open } = said.state;
  const parts: RichPart[] = [];
  if (events === 0) parts.push({ text: 'No event to decide one by one', bold: true });
  else {
    const word = events === 1 ? 'event' : 'events';
    const decided = `${formatCount(events - open)} of ${formatCount(events)} ${word} decided`;
    parts.push({ text: decided, bold: true }, { text: ', ' });
    parts.push(
      open === 0
        ? { text: 'none open' }
        : { text: `${formatCount(open)} open`, bold: true, colour: COLOUR.need },
    );
  }
  parts.push({ text: `. ${rejectedText(findings, thresholds, times)}` });
  const borderline = findings.filter(({ kind }) => kind === 'borderline');
  const seen = borderline.filter(({ state }) => state !== 'open').length;
  if (seen > 0) {
    const reported = borderline.filter(({ state }) => state === 'confirmed').length;
    parts.push({
      text: ` ${seen} borderline ${seen === 1 ? 'stretch' : 'stretches'} seen, ${reported === 0 ? 'none' : reported} reported.`,
    });
  }
  const byForm = findings.filter(({ kind }) => wayToSettle(kind) === 'by-form');
  const unseen = byForm.filter(({ state }) => state === 'open').length;
  if (byForm.length > 0) {
    parts.push({
      text:
        unseen === 0
          ? ' All forms of beats seen.'
          : ` ${formatCount(unseen)} of ${formatCount(byForm.length)} single beats, couplets and patterns as the program counts them, not looked at by form.`,
    });
  }
  return parts;
}

/**
 * What was rejected, once. A kind of which all are rejected is named nowhere on the page: it is counted among the
 * others, and listed at the end.
 */
function rejectedText(
  findings: readonly Finding[],
  thresholds: ReportData['thresholds'],
  times: ReportTimes,
): string {
  const rejected = findings.filter(({ state }) => state === 'rejected');
  if (rejected.length === 0) return 'Nothing rejected.';
  const held = new Set(
    findings.filter(({ state }) => state !== 'rejected').map(({ kind }) => kind),
  );
  const byKind = new Map<FindingKind, Finding[]>();
  for (const finding of rejected) {
    const ofKind = byKind.get(finding.kind);
    if (ofKind) ofKind.push(finding);
    else byKind.set(finding.kind, [finding]);
  }
  const named = [...byKind].filter(([kind]) => held.has(kind)).slice(0, MOST_NAMED);
  const parts = named.map(([kind, ofKind]) => {
    const noun = `${formatCount(ofKind.length)} ${kindNoun(kind, ofKind.length, thresholds)}`;
    const beats = ofKind.reduce((sum, one) => sum + one.beats, 0);
    const as = [
      ...new Set(
        ofKind.map(({ rejectedAs }) => rejectedAs).filter((one) => one && one !== 'other'),
      ),
    ];
    const at = ofKind
      .slice(0, MOST_TIMES)
      .map(({ startS }) => times.minute(startS))
      .join(', ');
    const more = ofKind.length > MOST_TIMES ? ', …' : '';
    const beatsText = beats > 0 ? `, ${formatCount(beats)} beats` : '';
    return `${noun}${beatsText} (${[...as, `${at}${more}`].join(', ')})`;
  });
  const isNamed = new Set(named.map(([kind]) => kind));
  const rest = rejected.filter(({ kind }) => !isNamed.has(kind));
  if (rest.length > 0) {
    const other = named.length > 0 ? 'other ' : '';
    parts.push(
      `${formatCount(rest.length)} ${other}${rest.length === 1 ? 'finding' : 'findings'}, listed at the end`,
    );
  }
  return `Rejected: ${parts.join('; ')}. What was rejected is in none of these figures.`;
}

/** `Changed by readers: Ventricular: beats 4 968, now 4 960; by Dr A (3 acts, last Sat 28 Nov 2026, 14:02).` */
function auditParts(title: string, { figures, readers }: ReportAudit): RichPart[] | null {
  if (readers.length === 0 && figures.length === 0) return null;
  const changed = figures.map(
    ({ name, before, now }) => `${shortName(name)} ${before}, now ${now}`,
  );
  const by = readers.map(
    ({ reader, acts, lastAtMs }) =>
      `${reader || 'a reader without a name'} (${formatCount(acts)} ${acts === 1 ? 'act' : 'acts'}, last ${momentText(lastAtMs)})`,
  );
  const what = changed.length > 0 ? changed.join('; ') : 'no number of this page';
  const who = by.length > 0 ? `; by ${by.join(' and ')}` : '';
  return [
    { text: `${title}: `, bold: true },
    { text: `${what}${who}.`, colour: COLOUR.muted },
  ];
}

/** `Rate, bpm; extremes over 8 beats: lowest` is told from others without its unit and explanation. */
function shortName(name: string): string {
  const [title = '', row = ''] = name.split(': ');
  return `${title.split(/[,;]/)[0]!.toLowerCase()}, ${row}`;
}
