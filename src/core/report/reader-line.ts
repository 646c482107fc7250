import {
  formatCount,
  wayToSettle,
  type ClockHours,
  type Finding,
  type FindingKind,
  type ReportAudit,
} from '../../shared/domain';
import type { Words } from '../../shared/words';
import { openDifferences } from '../review/compare-reads';
import { kindNoun } from './kind-nouns';
import { COLOUR } from './layout';
import { need, type Flow } from './page-frame';
import { MARGIN_MM } from './page-size';
import { readsLine } from './reads-text';
import { momentText, timesOf, type ReportTimes } from './report-times';
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
  const { doc, data, options, width, words } = flow;
  const times = timesOf(data, options, words);
  const { audit, amended, reads } = data.content;
  const paragraphs = [
    readerParts(data, times, words),
    reads && [{ text: readsLine(reads, words), bold: openDifferences(reads) > 0 }],
    auditParts(words.say('reportEnd.changedByReaders'), audit, words, data.clockHours),
    amended
      ? auditParts(words.say('reportEnd.sinceSignature'), amended, words, data.clockHours)
      : null,
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
  words: Words,
): RichPart[] {
  const { say } = words;
  const { events, open } = said.state;
  const parts: RichPart[] = [];
  if (events === 0) parts.push({ text: say('reportEnd.noEvent'), bold: true });
  else {
    const decided = say('reportEnd.decided', {
      n: events,
      decided: formatCount(events - open),
    });
    parts.push({ text: decided, bold: true }, { text: ', ' });
    parts.push(
      open === 0
        ? { text: say('reportEnd.noneOpen') }
        : {
            text: say('reportEnd.open', { n: formatCount(open) }),
            bold: true,
            colour: COLOUR.need,
          },
    );
  }
  parts.push({ text: `. ${rejectedText(findings, thresholds, times, words)}` });
  const borderline = findings.filter(({ kind }) => kind === 'borderline');
  const seen = borderline.filter(({ state }) => state !== 'open').length;
  if (seen > 0) {
    const reported = borderline.filter(({ state }) => state === 'confirmed').length;
    parts.push({
      text: say('reportEnd.borderline', {
        n: seen,
        count: String(seen),
        reported: reported === 0 ? say('reportEnd.none') : String(reported),
      }),
    });
  }
  const byForm = findings.filter(({ kind }) => wayToSettle(kind) === 'by-form');
  const unseen = byForm.filter(({ state }) => state === 'open').length;
  if (byForm.length > 0) {
    parts.push({
      text:
        unseen === 0
          ? say('reportEnd.allFormsSeen')
          : say('reportEnd.formsUnseen', {
              unseen: formatCount(unseen),
              all: formatCount(byForm.length),
            }),
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
  words: Words,
): string {
  const { say } = words;
  const rejected = findings.filter(({ state }) => state === 'rejected');
  if (rejected.length === 0) return say('reportEnd.nothingRejected');
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
    const noun = `${formatCount(ofKind.length)} ${kindNoun(kind, ofKind.length, thresholds, words)}`;
    const beats = ofKind.reduce((sum, one) => sum + one.beats, 0);
    const as = [...new Set(ofKind.map(({ rejectedAs }) => rejectedAs))].flatMap((one) =>
      one && one !== 'other' ? [say(`reportEnd.as_${one}`)] : [],
    );
    const at = ofKind
      .slice(0, MOST_TIMES)
      .map(({ startS }) => times.minute(startS))
      .join(', ');
    const more = ofKind.length > MOST_TIMES ? ', …' : '';
    const beatsText =
      beats > 0 ? say('reportEnd.rejectedBeats', { count: formatCount(beats) }) : '';
    return `${noun}${beatsText} (${[...as, `${at}${more}`].join(', ')})`;
  });
  const isNamed = new Set(named.map(([kind]) => kind));
  const rest = rejected.filter(({ kind }) => !isNamed.has(kind));
  if (rest.length > 0) {
    const key = named.length > 0 ? 'reportEnd.rejectedOther' : 'reportEnd.rejectedRest';
    parts.push(say(key, { n: rest.length }));
  }
  return say('reportEnd.rejected', { what: parts.join('; ') });
}

/** `Changed by readers: Ventricular: beats 4 968, now 4 960; by Dr A (3 acts, last Sat 28 Nov 2026, 14:02).` */
function auditParts(
  title: string,
  { figures, readers }: ReportAudit,
  words: Words,
  hours: ClockHours,
): RichPart[] | null {
  const { say } = words;
  if (readers.length === 0 && figures.length === 0) return null;
  const changed = figures.map(({ name, before, now }) =>
    say('reportEnd.changed', { name: shortName(name), before, now }),
  );
  const by = readers.map(({ reader, acts, lastAtMs }) =>
    say('reportEnd.acts', {
      reader: reader || say('reportEnd.noName'),
      n: acts,
      at: momentText(lastAtMs, words, hours),
    }),
  );
  const what = changed.length > 0 ? changed.join('; ') : say('reportEnd.noNumberChanged');
  const who = by.length > 0 ? say('reportEnd.by', { who: by.join(say('reportEnd.and')) }) : '';
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
