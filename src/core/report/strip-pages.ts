import { BEAT_CLASSES, type BeatColumns } from '../../shared/domain';
import { clock, COLOUR, MARGIN_MM, mm, PAPER_MM, text, type Doc } from './layout';
import {
  drawGrid,
  drawLeadLabel,
  drawPulse,
  drawTrace,
  GAIN_MM_PER_MV,
  SWEEP_MM_PER_S,
  type BoxMm,
} from './paper';
import type { ReportData, ReportOptions, ReportStrip } from './types';

const HEAD_MM = 7;
const FOOT_MM = 12;
const BETWEEN_MM = 5;
const SYMBOLS_MM = 5;
const RIBBON_MM = 3;

/** Height of the paper for a strip: 30 mm a lead (3 mV) while there is room, never under 10 mm (12 leads). */
export function stripPaperMm(leads: number, roomMm: number): number {
  return (
    Math.floor(Math.min(SYMBOLS_MM + leads * 30 + RIBBON_MM, Math.max(roomMm, leads * 10)) / 5) * 5
  );
}

/** Landscape pages with as many strips each as fit at true scale. */
export function drawStripPages(
  doc: Doc,
  data: ReportData,
  options: ReportOptions,
  onStrip: (strip: ReportStrip, index: number) => void,
): void {
  const sheet = PAPER_MM[options.paper];
  const pageMm = { width: sheet.height, height: sheet.width };
  const roomMm = pageMm.height - MARGIN_MM - FOOT_MM;
  let y = Infinity;
  data.strips.forEach((strip, index) => {
    const half = (roomMm - BETWEEN_MM) / 2 - HEAD_MM;
    const wantMm = SYMBOLS_MM + strip.leads.length * 30 + RIBBON_MM;
    const paperMm = stripPaperMm(strip.leads.length, wantMm / 2 <= half ? half : roomMm - HEAD_MM);
    if (y + HEAD_MM + paperMm > pageMm.height - FOOT_MM) {
      doc.addPage({ size: options.paper, layout: 'landscape', margin: 0 });
      y = MARGIN_MM;
    }
    onStrip(strip, index);
    drawStrip(doc, strip, index, data.beats, y, paperMm, pageMm.width, data.filterLabel);
    y += HEAD_MM + paperMm + BETWEEN_MM;
  });
}

function drawStrip(
  doc: Doc,
  strip: ReportStrip,
  index: number,
  beats: BeatColumns,
  topMm: number,
  paperMm: number,
  pageWidthMm: number,
  filterLabel: string,
): void {
  const width = (strip.endS - strip.startS) * SWEEP_MM_PER_S;
  const x = (pageWidthMm - width) / 2;
  const probability =
    strip.segment.probability === null ? '' : ` ${strip.segment.probability.toFixed(2)}`;
  const decision = strip.decision ? DECISIONS[strip.decision.decision] : 'open';
  const note = strip.decision?.note ? ` · “${strip.decision.note.replaceAll('\n', ' ')}”` : '';
  text(
    doc,
    `${index + 1} · ${strip.title} · ${clock(strip.startS)} – ${clock(strip.endS)}`,
    x,
    topMm,
    {
      size: 9,
      bold: true,
      widthMm: width * 0.5,
    },
  );
  text(doc, `${strip.segment.verdict}${probability} · ${decision}${note}`, x + width * 0.5, topMm, {
    size: 8.5,
    colour: COLOUR.muted,
    align: 'right',
    widthMm: width * 0.5,
  });
  const box: BoxMm = { x, y: topMm + HEAD_MM - 1.5, width, height: paperMm };
  drawGrid(doc, box);
  const leadMm = (paperMm - SYMBOLS_MM - RIBBON_MM) / strip.leads.length;
  doc.save().rect(mm(box.x), mm(box.y), mm(box.width), mm(box.height)).clip();
  strip.leads.forEach((lead, i) => {
    const middle = box.y + SYMBOLS_MM + leadMm * (i + 0.55);
    drawTrace(doc, lead.samplesMv, lead.samplingRateHz, x, middle);
    drawLeadLabel(doc, lead.name, x + 1, box.y + SYMBOLS_MM + leadMm * i + 0.5);
  });
  drawPulse(doc, x + width - 8, box.y + paperMm - RIBBON_MM - 2);
  doc.restore();
  drawBeats(doc, beats, strip, box);
  if (strip.attention) drawAttention(doc, strip.attention, box);
  text(
    doc,
    `${SWEEP_MM_PER_S} mm/s · ${GAIN_MM_PER_MV} mm/mV · ${filterLabel}`,
    x,
    box.y + paperMm + 0.8,
    {
      size: 6.5,
      colour: COLOUR.muted,
      align: 'right',
      widthMm: width,
    },
  );
}

const DECISIONS = { none: 'open', agree: 'agreed', overrule: 'overruled', unsure: 'unsure' };

function drawBeats(doc: Doc, beats: BeatColumns, strip: ReportStrip, box: BoxMm): void {
  beats.timeS.forEach((timeS, i) => {
    if (timeS < strip.startS || timeS >= strip.endS) return;
    const symbol = BEAT_CLASSES[beats.beatClass[i]!] ?? 'Q';
    const x = box.x + (timeS - strip.startS) * SWEEP_MM_PER_S;
    const colour = symbol === 'N' ? COLOUR.muted : COLOUR.warm;
    text(doc, symbol, x - 3, box.y + 0.6, {
      size: 7,
      bold: symbol !== 'N',
      colour,
      align: 'center',
      widthMm: 6,
    });
    doc
      .moveTo(mm(x), mm(box.y + 3.6))
      .lineTo(mm(x), mm(box.y + 4.8))
      .lineWidth(mm(0.2))
      .strokeColor(colour)
      .stroke();
  });
}

function drawAttention(
  doc: Doc,
  attention: NonNullable<ReportStrip['attention']>,
  box: BoxMm,
): void {
  const stepMm = attention.stepS * SWEEP_MM_PER_S;
  // No finer than 0.5 mm: the eye cannot tell, and the file stays small.
  const group = Math.max(1, Math.round(0.5 / stepMm));
  for (let start = 0; start < attention.values.length; start += group) {
    const value = Math.max(...attention.values.subarray(start, start + group));
    if (!(value > 0.02)) continue;
    doc
      .fillOpacity(Math.min(1, value))
      .rect(
        mm(box.x + start * stepMm),
        mm(box.y + box.height - RIBBON_MM),
        mm(stepMm * group),
        mm(RIBBON_MM),
      )
      .fill('#c2410c');
  }
  doc.fillOpacity(1);
}
