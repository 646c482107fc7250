import { BEAT_CLASSES } from '../../shared/domain';
import { clock, COLOUR, mm, paragraph, text, textWidthMm, wrap, type Doc } from './layout';
import {
  drawGrid,
  drawLeadLabel,
  drawPulse,
  drawTrace,
  GAIN_MM_PER_MV,
  SWEEP_MM_PER_S,
  type BoxMm,
} from './paper';
import { drawRibbon, RIBBON_MM, ribbonLabel } from './ribbon';
import { baselinesMm, leavesPaper } from './strip-leads';
import type { ReportData, ReportStrip } from './types';

/** Paper before the trace, for lead labels and calibration pulses. */
export const LEFT_MM = 15;
const HEAD_MM = 5;
const NOTE_LINE_MM = 3.8;
const SYMBOLS_MM = 4.6;
const FOOT_MM = 3.6;
const MOST_NOTE_LINES = 3;
const NOTE = { size: 8, colour: COLOUR.ink } as const;

export interface StripLayout {
  readonly number: number;
  readonly filter: string;
  readonly paperMm: number;
  /** The reader's note, broken into lines; empty on page 1. */
  readonly note: readonly string[];
}

/** Width of a strip with its left margin. */
export function stripWidthMm({ startS, endS }: ReportStrip): number {
  return LEFT_MM + (endS - startS) * SWEEP_MM_PER_S;
}

/** Height of a strip without its paper. */
export function aroundPaperMm(noteLines: number): number {
  return HEAD_MM + noteLines * NOTE_LINE_MM + SYMBOLS_MM + RIBBON_MM + FOOT_MM;
}

/** The note as it stands over a strip; a longer one ends in an ellipsis and is repeated in full at the end. */
export function noteLines(doc: Doc, strip: ReportStrip): string[] {
  const note = noteOf(strip);
  return note ? wrap(doc, `“${note}”`, stripWidthMm(strip), NOTE, MOST_NOTE_LINES) : [];
}

/** Whether the strip shows its whole note. */
export function noteIsWhole(doc: Doc, strip: ReportStrip): boolean {
  const note = noteOf(strip);
  return wrap(doc, `“${note}”`, stripWidthMm(strip), NOTE).length <= MOST_NOTE_LINES;
}

function noteOf({ decision }: ReportStrip): string {
  return decision?.note.trim().replaceAll(/\s+/g, ' ') ?? '';
}

/** One strip at true scale with its top left corner at (xMm, yMm). */
export function drawStrip(
  doc: Doc,
  strip: ReportStrip,
  beats: ReportData['beats'],
  xMm: number,
  yMm: number,
  { number, filter, paperMm, note }: StripLayout,
): void {
  const width = stripWidthMm(strip);
  const half = width * 0.5;
  const time = `${clock(strip.startS)} – ${clock(strip.endS)}`;
  text(doc, `${number} · ${strip.title} · ${time}`, xMm, yMm, {
    size: 9,
    bold: true,
    widthMm: half,
  });
  text(doc, verdictLine(strip), xMm + half, yMm, {
    size: 8.5,
    colour: COLOUR.muted,
    align: 'right',
    widthMm: half,
  });
  const symbolsY = paragraph(doc, note, xMm, yMm + HEAD_MM, NOTE_LINE_MM, NOTE);
  const box: BoxMm = { x: xMm, y: symbolsY + SYMBOLS_MM, width, height: paperMm };
  drawGrid(doc, box);
  const traceX = xMm + LEFT_MM;
  const baselines = baselinesMm(strip.leads, paperMm);
  const gaps = baselines.slice(1).map((baseline, i) => baseline - baselines[i]!);
  const pulses = gaps.every((gap) => gap >= GAIN_MM_PER_MV + 0.5) ? strip.leads.length : 1;
  doc.save().rect(mm(box.x), mm(box.y), mm(box.width), mm(box.height)).clip();
  strip.leads.forEach((lead, i) => {
    const baseline = box.y + baselines[i]!;
    drawTrace(doc, lead.samplesMv, lead.samplingRateHz, traceX, baseline);
    drawLeadLabel(doc, lead.name, xMm + 0.4, baseline - 2.1, LEFT_MM - 8.4);
    if (i < pulses) drawPulse(doc, traceX - 7.8, baseline);
  });
  doc.restore();
  drawBeats(doc, beats, strip, traceX, symbolsY);
  const ribbonY = box.y + paperMm;
  drawRibbon(doc, strip, xMm, traceX, ribbonY);
  const off = strip.leads.filter((lead, i) => leavesPaper(lead, baselines[i]!, paperMm));
  const caption = [
    `${SWEEP_MM_PER_S} mm/s · ${GAIN_MM_PER_MV} mm/mV · ${filter}`,
    ...(off.length > 0 ? [`${off.map(({ name }) => name).join(', ')} runs off the paper`] : []),
    ...ribbonLabel(strip),
  ].join(' · ');
  const footY = ribbonY + RIBBON_MM + 0.6;
  const style = { size: 6.5, colour: COLOUR.muted };
  text(doc, caption, xMm, footY, { ...style, align: 'right', widthMm: width });
  const captionX = xMm + width - textWidthMm(doc, caption, style);
  for (let second = Math.ceil(strip.startS - 1e-6); second < strip.endS; second++) {
    const x = traceX + (second - strip.startS) * SWEEP_MM_PER_S;
    if (x + 12 > captionX) break;
    text(doc, clock(second), x - 6, footY, { ...style, align: 'center', widthMm: 12 });
  }
}

const DECISIONS = { none: 'open', agree: 'agreed', overrule: 'overruled', unsure: 'unsure' };

/** `Abnormal 0.61, near the threshold · agreed`. */
function verdictLine({ segment, decision }: ReportStrip): string {
  const probability = segment.probability === null ? '' : ` ${segment.probability.toFixed(2)}`;
  const near = segment.refer ? ', near the threshold' : '';
  const decided = decision ? DECISIONS[decision.decision] : 'open';
  return `${segment.verdict}${probability}${near} · ${decided}`;
}

/** Letters above the paper, where no trace reaches. */
function drawBeats(
  doc: Doc,
  beats: ReportData['beats'],
  strip: ReportStrip,
  traceX: number,
  yMm: number,
): void {
  beats.timeS.forEach((timeS, i) => {
    if (timeS < strip.startS || timeS >= strip.endS) return;
    const symbol = BEAT_CLASSES[beats.beatClass[i]!] ?? 'Q';
    const x = traceX + (timeS - strip.startS) * SWEEP_MM_PER_S;
    const colour = symbol === 'N' ? COLOUR.muted : COLOUR.warm;
    const style = { size: 7, bold: symbol !== 'N', colour, align: 'center', widthMm: 6 } as const;
    text(doc, symbol, x - 3, yMm + 0.4, style);
    doc
      .moveTo(mm(x), mm(yMm + 3.4))
      .lineTo(mm(x), mm(yMm + SYMBOLS_MM))
      .lineWidth(mm(0.2))
      .strokeColor(colour)
      .stroke();
  });
}

/** The part of a strip that fits `widthMm`, around the instant that its title is about. */
export function cropStrip(strip: ReportStrip, widthMm: number): ReportStrip {
  const paperMm = Math.floor((widthMm - LEFT_MM) / 5) * 5;
  const durationS = Math.min(strip.endS - strip.startS, paperMm / SWEEP_MM_PER_S);
  const startS = Math.min(
    Math.max(strip.startS, strip.aboutS - durationS / 3),
    strip.endS - durationS,
  );
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
