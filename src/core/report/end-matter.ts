import { limitInWords } from '../../shared/domain/limit-words';
import { isStrip } from '../../shared/domain/strip';
import { formatDuration, kindTitle, valueOf, type Finding } from '../../shared/domain';
import { COLOUR, heading, paragraph, rule, text, wrap } from './layout';
import { need, TOP_MM, type Flow } from './page-frame';
import { MARGIN_MM } from './page-size';
import { agreementLine } from './reads-text';
import { momentText, timesOf, type ReportTimes } from './report-times';
import { cutOnStrip } from './strip';
import { content } from './tags';

const LINE_MM = 4.1;
const AFTER_LIST_MM = 4;
const ABOVE_SIGNATURE_MM = 6;
const SIGNATURE_MM = 14;
const SMALL = { size: 6.3, colour: COLOUR.muted } as const;
const SMALL_MM = 2.9;
/** More rejected findings than these are told by their number. */
const MOST_REJECTED = 60;

/** Lines under a heading. */
interface List {
  readonly title: string;
  readonly beside: string;
  readonly entries: readonly string[];
}

/** What stands last: what was rejected, notes, the signature, and what all figures rest on. */
export function drawEnd(flow: Flow): void {
  const lists = listsOf(flow);
  const closing = closingOf(flow);
  lists.forEach((list, i) => {
    if (list.title === flow.words.say('reportEnd.notes')) flow.doc.outline.addItem(list.title);
    drawList(flow, list, i === lists.length - 1 ? closing.heightMm : 0);
  });
  need(flow, closing.heightMm);
  drawSignature(flow);
  flow.y = paragraph(flow.doc, closing.basis, MARGIN_MM, flow.y, SMALL_MM, SMALL) + 2;
}

/**
 * Height of what follows a report's strips and hours on their last page, so that no page has the signature alone: 0 where
 * what was rejected or noted stands before it.
 */
export function followingMm(flow: Flow): number {
  return listsOf(flow).length > 0 ? 0 : closingOf(flow).heightMm;
}

/** The signature with its room above, and what all figures rest on below it: one block. */
function closingOf(flow: Flow): { readonly basis: readonly string[]; readonly heightMm: number } {
  const basis = basisOf(flow);
  return { basis, heightMm: ABOVE_SIGNATURE_MM + SIGNATURE_MM + basis.length * SMALL_MM };
}

function listsOf(flow: Flow): List[] {
  const times = timesOf(flow.data, flow.options, flow.words);
  return [rejectedOf(flow, times), notesOf(flow, times)].filter((list) => list.entries.length > 0);
}

function rejectedOf(flow: Flow, times: ReportTimes): List {
  const { words } = flow;
  const { say } = words;
  const rejected = flow.data.findings.filter(({ state }) => state === 'rejected');
  const line = (one: Finding): string => {
    const value = one.beats === 1 ? '' : `, ${valueOf(one, flow.data.thresholds, words)}`;
    const as =
      one.rejectedAs && one.rejectedAs !== 'other'
        ? `, ${say(`reportEnd.as_${one.rejectedAs}`)}`
        : '';
    const by = one.reader ? `, ${one.reader}` : '';
    return `${times.dayAndSecond(one.startS)}  ${kindTitle(one.kind, flow.data.thresholds, words)}${value}${as}${by}`;
  };
  const lines = rejected.slice(0, MOST_REJECTED).map(line);
  if (rejected.length > MOST_REJECTED)
    lines.push(say('reportEnd.andMore', { n: String(rejected.length - MOST_REJECTED) }));
  const title = say('reportEnd.rejectedByReader');
  return { title, beside: say('reportEnd.inNoFigure'), entries: lines };
}

function notesOf(flow: Flow, times: ReportTimes): List {
  const { say } = flow.words;
  const cut = flow.data.strips.flatMap((strip) =>
    cutOnStrip(flow.doc, strip, flow.width).map((note) => ({
      atS: strip.about.startS,
      title: strip.title,
      note,
    })),
  );
  const notes = [...flow.data.notes, ...cut].sort((one, other) => one.atS - other.atS);
  const entries = notes.map(
    ({ atS, title, note }) =>
      `${times.dayAndSecond(atS)}  ${title}: ${say('reportEnd.quoted', { words: note.replaceAll(/\s+/g, ' ') })}`,
  );
  return { title: say('reportEnd.notes'), beside: say('reportEnd.onNoStrip'), entries };
}

/** @param followingMm height of what comes after it, to which its last entry keeps */
function drawList(flow: Flow, { title, beside, entries }: List, followingMm: number): void {
  const { doc, width } = flow;
  need(flow, 5 + 2 * LINE_MM + (entries.length === 1 ? followingMm : 0));
  heading(doc, title, MARGIN_MM, flow.y, beside);
  flow.y += 5;
  for (const [i, entry] of entries.entries()) {
    const lines = wrap(doc, entry, width, { size: 8.5 });
    const togetherMm = lines.length * LINE_MM + AFTER_LIST_MM + followingMm;
    if (i > 0 && i === entries.length - 1 && togetherMm < flow.bottom - TOP_MM)
      need(flow, togetherMm);
    for (let from = 0; from < lines.length;) {
      need(flow, LINE_MM);
      const room = Math.max(1, Math.floor((flow.bottom - flow.y) / LINE_MM));
      const part = lines.slice(from, from + room);
      flow.y = paragraph(doc, part, MARGIN_MM, flow.y, LINE_MM, { size: 8.5 });
      from += part.length;
    }
  }
  flow.y += AFTER_LIST_MM;
}

function drawSignature(flow: Flow): void {
  const { doc, data, width, words } = flow;
  const { say } = words;
  const { state } = data.content;
  const signed = state.signed ? state.signatures.at(-1) : undefined;
  flow.y += ABOVE_SIGNATURE_MM;
  const [left, gap] = [width * 0.385, width * 0.04];
  const right = width - left - gap;
  const x = MARGIN_MM + left + gap;
  const name = signed?.reader ?? data.reader;
  content(doc, 'P', () => {
    text(doc, name, MARGIN_MM, flow.y, { size: 10.5, leastSize: 5, bold: true, widthMm: left });
    text(
      doc,
      say(signed ? 'reportEnd.readAndSigned' : 'reportEnd.notSigned'),
      MARGIN_MM,
      flow.y + 6.2,
      {
        size: 8.5,
        colour: COLOUR.muted,
      },
    );
  });
  rule(doc, MARGIN_MM, flow.y + 5, left, COLOUR.ink, 0.3);
  rule(doc, x, flow.y + 5, right, COLOUR.ink, 0.3);
  const first = state.signatures[0];
  const amended =
    state.amendment > 0 && first
      ? say('reportEnd.firstSigned', {
          reader: first.reader,
          at: momentText(first.atMs, words, data.clockHours),
        })
      : say('reportEnd.dateHint');
  content(doc, 'P', () => {
    text(doc, signed ? momentText(signed.atMs, words, data.clockHours) : '', x, flow.y, {
      size: 10.5,
      bold: true,
    });
    text(doc, amended, x, flow.y + 6.2, {
      size: 8.5,
      leastSize: 5,
      colour: COLOUR.muted,
      widthMm: right,
    });
  });
  flow.y += SIGNATURE_MM;
}

/** Thresholds, model, hashes and limits: what the figures rest on, in lines. */
function basisOf(flow: Flow): string[] {
  const { doc, data, options, width, words } = flow;
  const { say, number } = words;
  const { thresholds: of, model } = data;
  const { reads } = data.content;
  const readers = data.content.audit.readers.map(
    ({ reader }) => reader || say('reportEnd.nameless'),
  );
  const record = options.identity
    ? say('reportEnd.recordHash', { sha256: data.recordSha256 })
    : say('reportEnd.recordHashLeftOut');
  return [
    say('reportEnd.thresholds', {
      pause: number(of.pauseS),
      urgentPause: number(of.urgentPauseS),
      asystole: number(of.asystoleS),
      runBeats: number(of.ventricularRunBeats),
      vtBpm: number(of.ventricularTachycardiaBpm),
      af: number(of.afS),
      bradycardia: number(of.bradycardiaBpm),
      tachycardia: number(of.tachycardiaBpm),
      rateBeats: number(of.rateBeats),
      strip: isStrip(flow.data.recording.durationS) ? say('reportEnd.allOfStrip') : '',
      wideQrs: number(of.wideQrsMs),
    }),
    say('reportEnd.model', {
      id: model.id,
      version: model.version,
      scheme: model.scheme,
      threshold: number(model.threshold, 2),
      sha256: model.sha256,
      record,
    }),
    say('reportEnd.limits', {
      limits: model.limits.map((limit) => limitInWords(limit, words)).join(' '),
      analysable: formatDuration(data.analysableS),
      length: formatDuration(data.recording.durationS),
    }),
    ...(reads ? [agreementLine(reads, words, options.identity)] : []),
    ...(readers.length > 0 ? [say('reportEnd.decidedBy', { readers: readers.join(', ') })] : []),
    say('reportEnd.written', {
      at: momentText(data.createdAtMs, words, data.clockHours),
      version: data.version,
    }),
  ].flatMap((line) => wrap(doc, line, width, SMALL));
}
