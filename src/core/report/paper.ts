import type { Doc } from './doc';
import { COLOUR, mm, text, textWidthMm } from './layout';
import { PathBytes } from './path-bytes';

/** Sweep unless a strip says another, and gain of all, as printed at 100 % (ANSI/AAMI EC11: 25 mm/s, 10 mm/mV). */
export const SWEEP_MM_PER_S = 25;
export const GAIN_MM_PER_MV = 10;

export interface BoxMm {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A coordinate in PDF points; a hundredth of one is 3.5 micrometres. */
const at = (points: number): string => String(Math.round(points * 100) / 100);

const grids = new Map<string, string>();

/** ECG paper: a line every millimetre, a stronger one every fifth. */
export function drawGrid(doc: Doc, box: BoxMm): void {
  doc.rect(mm(box.x), mm(box.y), mm(box.width), mm(box.height)).fill(COLOUR.paper);
  const key = `${box.width} ${box.height}`;
  let grid = grids.get(key);
  if (grid === undefined) grids.set(key, (grid = gridPath(box.width, box.height)));
  doc.save().translate(mm(box.x), mm(box.y));
  doc.addContent(grid);
  doc.restore();
}

/**
 * The grid's operators, from its own corner. Written at once and kept: pdfkit's calls, line by line, took longer
 * than all else on a page of strips.
 */
function gridPath(widthMm: number, heightMm: number): string {
  const operators: string[] = [];
  for (const [isMajor, colour, weightMm] of [
    [false, COLOUR.gridMinor, 0.08],
    [true, COLOUR.gridMajor, 0.14],
  ] as const) {
    const rgb = [1, 3, 5].map((from) => parseInt(colour.slice(from, from + 2), 16) / 255);
    operators.push(`${rgb.map((part) => part.toFixed(3)).join(' ')} RG ${at(mm(weightMm))} w`);
    for (let x = 0; x <= widthMm + 1e-6; x++) {
      if ((x % 5 === 0) === isMajor) {
        operators.push(`${at(mm(x))} 0 m`, `${at(mm(x))} ${at(mm(heightMm))} l`);
      }
    }
    for (let y = 0; y <= heightMm + 1e-6; y++) {
      if ((y % 5 === 0) === isMajor) {
        operators.push(`0 ${at(mm(y))} m`, `${at(mm(widthMm))} ${at(mm(y))} l`);
      }
    }
    operators.push('S');
  }
  return operators.join('\n');
}

/**
 * One lead at true scale, its 0 mV on `baselineMm`. A gap (NaN) lifts the pen. Nothing is decimated below
 * two points per 0.1 mm, finer than a printer draws; each such column keeps its minimum and maximum.
 */
export function drawTrace(
  doc: Doc,
  samplesMv: Float32Array,
  samplingRateHz: number,
  xMm: number,
  baselineMm: number,
  sweepMmPerS: number = SWEEP_MM_PER_S,
): void {
  const perColumn = Math.max(1, Math.floor((samplingRateHz / sweepMmPerS) * 0.1));
  const path = new PathBytes(2 * Math.ceil(samplesMv.length / perColumn));
  let penDown = false;
  const to = (i: number): void => {
    const x = mm(xMm + (i / samplingRateHz) * sweepMmPerS);
    path.to(x, mm(baselineMm - samplesMv[i]! * GAIN_MM_PER_MV), penDown ? 'l' : 'm');
    penDown = true;
  };
  for (let start = 0; start < samplesMv.length; start += perColumn) {
    let low = -1;
    let high = -1;
    for (let i = start; i < Math.min(start + perColumn, samplesMv.length); i++) {
      if (Number.isNaN(samplesMv[i]!)) {
        penDown = false;
        continue;
      }
      if (low < 0 || samplesMv[i]! < samplesMv[low]!) low = i;
      if (high < 0 || samplesMv[i]! > samplesMv[high]!) high = i;
    }
    if (low < 0) continue;
    to(Math.min(low, high));
    if (low !== high) to(Math.max(low, high));
  }
  const content = path.content();
  if (content.length === 0) return;
  doc.lineWidth(mm(0.25)).lineJoin('round').strokeColor(COLOUR.trace);
  doc.addContent(content);
  doc.stroke();
}

/** Width of a calibration pulse with its feet. */
const PULSE_MM = 5.6;

/** Calibration pulse: 1 mV high, from the gutter's left edge. */
export function drawPulse(doc: Doc, xMm: number, baselineMm: number): void {
  const [foot, top] = [0.9, PULSE_MM - 1.8];
  doc
    .moveTo(mm(xMm), mm(baselineMm))
    .lineTo(mm(xMm + foot), mm(baselineMm))
    .lineTo(mm(xMm + foot), mm(baselineMm - GAIN_MM_PER_MV))
    .lineTo(mm(xMm + foot + top), mm(baselineMm - GAIN_MM_PER_MV))
    .lineTo(mm(xMm + foot + top), mm(baselineMm))
    .lineTo(mm(xMm + PULSE_MM), mm(baselineMm))
    .lineWidth(mm(0.25))
    .strokeColor(COLOUR.trace)
    .stroke();
}

/** A lead's name, small enough for its room. */
export function drawLeadLabel(
  doc: Doc,
  name: string,
  xMm: number,
  yMm: number,
  widthMm: number,
): void {
  const full = textWidthMm(doc, name, { size: 8, bold: true });
  const size = Math.max(4.5, Math.min(8, (8 * widthMm) / full));
  text(doc, name, xMm, yMm + (8 - size) * 0.15, { size, bold: true, widthMm });
}
