import { limitInWords } from '../../shared/domain/limit-words';
import { formatDuration, kindTitle, valueOf, type Finding } from '../../shared/domain';
import { COLOUR, heading, paragraph, rule, text, wrap } from './layout';
import { need, type Flow } from './page-frame';
import { MARGIN_MM } from './page-size';
import { agreementLine } from './reads-text';
import { momentText, timesOf, type ReportTimes } from './report-times';
import { content } from './tags';

const LINE_MM = 4.1;
const SMALL = { size: 6.3, colour: COLOUR.muted } as const;
const SMALL_MM = 2.9;
/** More rejected findings than these are told by their number. */
const MOST_REJECTED = 60;

/** What stands last: what was rejected, notes, the signature, and what all figures rest on. */
export function drawEnd(flow: Flow): void {
  const { data, options, words } = flow;
  const times = timesOf(data, options, words);
  drawRejected(flow, times);
  drawNotes(flow, times);
  drawSignature(flow);
  drawBasis(flow);
}

function drawRejected(flow: Flow, times: ReportTimes): void {
  const { words } = flow;
  const { say } = words;
  const rejected = flow.data.findings.filter(({ state }) => state === 'rejected');
  if (rejected.length === 0) return;
  const line = (one: Finding): string => {
    const value = one.beats === 1 ? '' : `, ${valueOf(one, words)}`;
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
  drawList(flow, say('reportEnd.rejectedByReader'), say('reportEnd.inNoFigure'), lines);
}

function drawNotes(flow: Flow, times: ReportTimes): void {
  const { say } = flow.words;
  const lines = flow.data.notes.map(
    ({ atS, title, note }) =>
      `${times.dayAndSecond(atS)}  ${title}: ${say('reportEnd.quoted', { words: note.replaceAll(/\s+/g, ' ') })}`,
  );
  if (lines.length === 0) return;
  flow.doc.outline.addItem(say('reportEnd.notes'));
  drawList(flow, say('reportEnd.notes'), say('reportEnd.onNoStrip'), lines);
}

function drawList(flow: Flow, title: string, beside: string, entries: readonly string[]): void {
  const { doc, width } = flow;
  need(flow, 5 + 2 * LINE_MM);
  heading(doc, title, MARGIN_MM, flow.y, beside);
  flow.y += 5;
  for (const entry of entries) {
    const lines = wrap(doc, entry, width, { size: 8.5 });
    for (let from = 0; from < lines.length;) {
      need(flow, LINE_MM);
      const room = Math.max(1, Math.floor((flow.bottom - flow.y) / LINE_MM));
      const part = lines.slice(from, from + room);
      flow.y = paragraph(doc, part, MARGIN_MM, flow.y, LINE_MM, { size: 8.5 });
      from += part.length;
    }
  }
  flow.y += 4;
}

function drawSignature(flow: Flow): void {
  const { doc, data, width, words } = flow;
  const { say } = words;
  const { state } = data.content;
  const signed = state.signed ? state.signatures.at(-1) : undefined;
  need(flow, 24);
  flow.y += 6;
  const [left, gap] = [width * 0.385, width * 0.04];
  const right = width - left - gap;
  const x = MARGIN_MM + left + gap;
  const name = signed?.reader ?? data.reader;
  content(doc, 'P', () => {
    text(doc, name, MARGIN_MM, flow.y, { size: 10.5, bold: true, widthMm: left });
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
    text(doc, amended, x, flow.y + 6.2, { size: 8.5, colour: COLOUR.muted, widthMm: right });
  });
  flow.y += 14;
}

/** Thresholds, model, hashes and limits: what the figures rest on. */
function drawBasis(flow: Flow): void {
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
  const lines = [
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
  need(flow, lines.length * SMALL_MM);
  flow.y = paragraph(doc, lines, MARGIN_MM, flow.y, SMALL_MM, SMALL) + 2;
}
