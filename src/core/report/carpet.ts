import type { HeartRate, HeartRateTrend, Segment, SegmentDecision } from '../../shared/domain';
import { clock, COLOUR, mm, text, type Doc } from './layout';
import type { BoxMm } from './paper';

const ROW_DURATIONS_S = [10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800];
const LABEL_MM = 15;

/** Rows of the overview: the shortest round duration that needs at most `maxRows` rows. */
export function carpetRowS(durationS: number, maxRows: number): number {
  return ROW_DURATIONS_S.find((rowS) => durationS / rowS <= maxRows) ?? ROW_DURATIONS_S.at(-1)!;
}

/** The worst of the segments that start inside one cell. */
export interface CarpetCell {
  readonly verdict: Segment['verdict'];
  readonly probability: number;
  readonly decided: boolean;
}

/**
 * Cells of one row each, left to right. A cell is Abnormal when any of its segments is, Unreadable when none
 * is Abnormal and any is Unreadable, else Normal; its probability is the largest.
 */
export function carpetCells(
  segments: readonly Segment[],
  decisions: readonly SegmentDecision[],
  rowS: number,
  cellsPerRow: number,
): (CarpetCell | null)[][] {
  const decided = new Set(decisions.map((decision) => decision.segment));
  const cellS = rowS / cellsPerRow;
  const rows: (CarpetCell | null)[][] = [];
  const rank = { Normal: 0, Unreadable: 1, Abnormal: 2 };
  for (const segment of segments) {
    const row = Math.floor(segment.startS / rowS);
    const column = Math.min(cellsPerRow - 1, Math.floor((segment.startS - row * rowS) / cellS));
    const cells = (rows[row] ??= Array<CarpetCell | null>(cellsPerRow).fill(null));
    const old = cells[column];
    const worse = !old || rank[segment.verdict] > rank[old.verdict];
    cells[column] = {
      verdict: worse ? segment.verdict : old.verdict,
      probability: Math.max(old?.probability ?? 0, segment.probability ?? 0),
      decided:
        (old?.decided ?? true) && (segment.verdict !== 'Abnormal' || decided.has(segment.index)),
    };
  }
  return rows;
}

/** Whole recording at a glance. Abnormal cells carry a stroke besides their colour, Unreadable ones a dot. */
export function drawCarpet(
  doc: Doc,
  box: BoxMm,
  segments: readonly Segment[],
  decisions: readonly SegmentDecision[],
  durationS: number,
): { cellS: number; heightMm: number } {
  const rowS = carpetRowS(durationS, 8);
  const perRow = Math.min(120, Math.max(1, Math.round(rowS / 5)));
  const rows = carpetCells(segments, decisions, rowS, perRow);
  // A last row in which no segment starts would be a label without a cell.
  const rowCount = Math.max(1, rows.length);
  const rowMm = Math.min(4.6, box.height / rowCount);
  const cellMm = (box.width - LABEL_MM) / perRow;
  for (let row = 0; row < rowCount; row++) {
    const y = box.y + row * rowMm;
    text(doc, clock(row * rowS), box.x, y + rowMm / 2 - 1.3, {
      size: 6.5,
      colour: COLOUR.muted,
      align: 'right',
      widthMm: LABEL_MM - 2,
    });
    (rows[row] ?? []).forEach((cell, column) => {
      if (cell) drawCell(doc, cell, box.x + LABEL_MM + column * cellMm, y, cellMm, rowMm);
    });
  }
  return { cellS: rowS / perRow, heightMm: rowCount * rowMm };
}

function drawCell(
  doc: Doc,
  cell: CarpetCell,
  x: number,
  y: number,
  widthMm: number,
  heightMm: number,
): void {
  const gap = 0.25;
  const fill =
    cell.verdict === 'Abnormal'
      ? warm(cell.probability)
      : cell.verdict === 'Normal'
        ? '#e6ebe8'
        : COLOUR.unreadable;
  doc.rect(mm(x), mm(y), mm(widthMm - gap), mm(heightMm - gap)).fill(fill);
  if (cell.verdict === 'Abnormal') {
    doc
      .moveTo(mm(x), mm(y + heightMm - gap))
      .lineTo(mm(x + widthMm - gap), mm(y))
      .lineWidth(mm(0.15))
      .strokeColor('#ffffff')
      .stroke();
  }
  if (cell.verdict === 'Unreadable') {
    doc.circle(mm(x + (widthMm - gap) / 2), mm(y + (heightMm - gap) / 2), mm(0.35)).fill('#ffffff');
  }
}

/** From pale to full rust as the probability goes from 0 to 1. */
function warm(probability: number): string {
  const mix = (low: number, high: number): string =>
    Math.round(low + (high - low) * Math.min(1, Math.max(0, probability)))
      .toString(16)
      .padStart(2, '0');
  return `#${mix(0xf0, 0xb9)}${mix(0xc3, 0x3a)}${mix(0xae, 0x0c)}`;
}

/** Heart rate over the whole recording on a fixed scale that holds every value. */
export function drawHeartRate(
  doc: Doc,
  box: BoxMm,
  heartRate: HeartRate,
  trend: HeartRateTrend,
  durationS: number,
): void {
  const low = Math.min(40, Math.floor(heartRate.lowest.bpm / 20) * 20);
  const high = Math.max(160, Math.ceil(heartRate.highest.bpm / 20) * 20);
  const left = box.x + LABEL_MM;
  const width = box.width - LABEL_MM;
  const y = (bpm: number): number => box.y + box.height * (1 - (bpm - low) / (high - low));
  for (const bpm of [low, (low + high) / 2, high]) {
    doc
      .moveTo(mm(left), mm(y(bpm)))
      .lineTo(mm(left + width), mm(y(bpm)))
      .lineWidth(mm(0.12))
      .strokeColor(COLOUR.rule)
      .stroke();
    text(doc, String(bpm), box.x, y(bpm) - 1.2, {
      size: 6.5,
      colour: COLOUR.muted,
      align: 'right',
      widthMm: LABEL_MM - 2,
    });
  }
  const { stepS, medianBpm } = trend;
  let penDown = false;
  medianBpm.forEach((value, i) => {
    if (Number.isNaN(value)) {
      penDown = false;
      return;
    }
    const middleS = (i * stepS + Math.min(durationS, (i + 1) * stepS)) / 2;
    const x = mm(left + (middleS / durationS) * width);
    if (penDown) doc.lineTo(x, mm(y(value)));
    else doc.moveTo(x, mm(y(value)));
    penDown = true;
  });
  doc.lineWidth(mm(0.2)).strokeColor(COLOUR.done).stroke();
}
