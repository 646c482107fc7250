import { BEAT_CLASSES, type BeatColumns } from '../../shared/domain';
import { clock, COLOUR, mm, text, type Doc } from './layout';
import {
  drawGrid,
  drawLeadLabel,
  drawPulse,
  drawTrace,
  GAIN_MM_PER_MV,
  SWEEP_MM_PER_S,
  type BoxMm,
} from './paper';
import type { ReportStrip } from './types';

/** Height of the line above a strip. */
export const HEAD_MM = 7;
const SYMBOLS_MM = 5;
const RIBBON_MM = 3;

/** Height of the paper for a strip: 30 mm a lead (3 mV) while there is room, never under 10 mm (12 leads). */
export function stripPaperMm(leads: number, roomMm: number): number {
  return (
    Math.floor(Math.min(SYMBOLS_MM + leads * 30 + RIBBON_MM, Math.max(roomMm, leads * 10)) / 5) * 5
  );
}

/** What is said around every strip. */
export interface StripLabels {
  readonly number: number;
  readonly filter: string;
}

/** One strip at true scale, its head line at (leftMm, topMm), as wide as its time is long. */
export function drawStrip(
  doc: Doc,
  strip: ReportStrip,
  beats: BeatColumns,
  leftMm: number,
  topMm: number,
  paperMm: number,
  labels: StripLabels,
): void {
  const width = (strip.endS - strip.startS) * SWEEP_MM_PER_S;
  const x = leftMm;
  const probability =
    strip.segment.probability === null ? '' : ` ${strip.segment.probability.toFixed(2)}`;
  const decision = strip.decision ? DECISIONS[strip.decision.decision] : 'open';
  const note = strip.decision?.note ? ` · “${strip.decision.note.replaceAll('\n', ' ')}”` : '';
  text(
    doc,
    `${labels.number} · ${strip.title} · ${clock(strip.startS)} – ${clock(strip.endS)}`,
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
    `${SWEEP_MM_PER_S} mm/s · ${GAIN_MM_PER_MV} mm/mV · ${labels.filter}`,
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

/** The part of a strip that fits `widthMm`, around the instant that its title is about. */
export function cropStrip(strip: ReportStrip, aboutS: number, widthMm: number): ReportStrip {
  const durationS = Math.min(strip.endS - strip.startS, Math.floor(widthMm) / SWEEP_MM_PER_S);
  const startS = Math.min(Math.max(strip.startS, aboutS - durationS / 2), strip.endS - durationS);
  const cut = (values: Float32Array, rateHz: number): Float32Array => {
    const from = Math.round((startS - strip.startS) * rateHz);
    return values.subarray(from, from + Math.round(durationS * rateHz));
  };
  return {
    ...strip,
    startS,
    endS: startS + durationS,
    leads: strip.leads.map((lead) => ({
      ...lead,
      samplesMv: cut(lead.samplesMv, lead.samplingRateHz),
    })),
    attention: strip.attention && {
      ...strip.attention,
      values: cut(strip.attention.values, 1 / strip.attention.stepS),
    },
  };
}
