import { COLOUR, mm, text, type Doc } from './layout';

/** Scale of every strip, as printed at 100 % (ANSI/AAMI EC11: 25 mm/s, 10 mm/mV). */
export const SWEEP_MM_PER_S = 25;
export const GAIN_MM_PER_MV = 10;

export interface BoxMm {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** ECG paper: a line every millimetre, a stronger one every fifth. */
export function drawGrid(doc: Doc, box: BoxMm): void {
  for (const [stepMm, colour, weightMm] of [
    [1, COLOUR.gridMinor, 0.08],
    [5, COLOUR.gridMajor, 0.14],
  ] as const) {
    for (let x = 0; x <= box.width + 1e-6; x += stepMm) {
      doc.moveTo(mm(box.x + x), mm(box.y)).lineTo(mm(box.x + x), mm(box.y + box.height));
    }
    for (let y = 0; y <= box.height + 1e-6; y += stepMm) {
      doc.moveTo(mm(box.x), mm(box.y + y)).lineTo(mm(box.x + box.width), mm(box.y + y));
    }
    doc.lineWidth(mm(weightMm)).strokeColor(colour).stroke();
  }
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
): void {
  const x = (i: number): number => mm(xMm + (i / samplingRateHz) * SWEEP_MM_PER_S);
  const y = (mv: number): number => mm(baselineMm - mv * GAIN_MM_PER_MV);
  const perColumn = Math.max(1, Math.floor((samplingRateHz / SWEEP_MM_PER_S) * 0.1));
  let penDown = false;
  const to = (i: number): void => {
    const value = samplesMv[i]!;
    if (penDown) doc.lineTo(x(i), y(value));
    else doc.moveTo(x(i), y(value));
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
  doc.lineWidth(mm(0.25)).lineJoin('round').strokeColor(COLOUR.ink).stroke();
}

/** Calibration pulse: 1 mV high, 200 ms wide, 1.2 mm of baseline on either side. */
export function drawPulse(doc: Doc, xMm: number, baselineMm: number): void {
  const widthMm = 0.2 * SWEEP_MM_PER_S;
  doc
    .moveTo(mm(xMm), mm(baselineMm))
    .lineTo(mm(xMm + 1.2), mm(baselineMm))
    .lineTo(mm(xMm + 1.2), mm(baselineMm - GAIN_MM_PER_MV))
    .lineTo(mm(xMm + 1.2 + widthMm), mm(baselineMm - GAIN_MM_PER_MV))
    .lineTo(mm(xMm + 1.2 + widthMm), mm(baselineMm))
    .lineTo(mm(xMm + 2.4 + widthMm), mm(baselineMm))
    .lineWidth(mm(0.25))
    .strokeColor(COLOUR.ink)
    .stroke();
}

/** A label that stays legible over the trace. */
export function drawLeadLabel(doc: Doc, name: string, xMm: number, yMm: number): void {
  doc.font('Bold').fontSize(8);
  const widthMm = doc.widthOfString(name) / mm(1) + 1.6;
  doc.fillOpacity(0.85).rect(mm(xMm), mm(yMm), mm(widthMm), mm(4.2)).fill('#ffffff').fillOpacity(1);
  text(doc, name, xMm + 0.8, yMm + 0.7, { size: 8, bold: true });
}
