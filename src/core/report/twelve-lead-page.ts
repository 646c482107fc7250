import { leadRows, shownName, type KeptCaliper, type TimeSpan } from '../../shared/domain';
import type { Words } from '../../shared/words';
import type { Doc } from './doc';
import { COLOUR, heading, mm, paragraph, wrap } from './layout';
import { measuredText } from './measured-text';
import { addPage, type Flow } from './page-frame';
import { PAPER_MM } from './page-size';
import {
  drawGrid,
  drawLeadLabel,
  drawPulse,
  drawTrace,
  GAIN_MM_PER_MV,
  SWEEP_MM_PER_S,
  type BoxMm,
} from './paper';
import { timesOf } from './report-times';
import { freeTopMm, traceHeight, type Height } from './label-place';
import { baselinesMm } from './strip-leads';
import { drawMarks, type MarkedPaper } from './strip-marks';
import { content } from './tags';
import { spanOf } from './twelve-leads';
import type { StripLead, TwelveLeads } from './types';

const GUTTER_MM = 7;
const GAP_MM = 3;
const NOTE = { size: 7.5, colour: COLOUR.ink } as const;
const NOTE_LINE_MM = 3.9;
/** What the longest name of a lead takes up, `-aVR` in 8 pt bold. */
const LABEL_MM = { width: 8, height: 3 };

/** Ten seconds of twelve leads on a landscape page, as the reader has them on screen. */
export function drawTwelveLeads(flow: Flow): void {
  const { doc, data, options, words } = flow;
  const { say } = words;
  const { twelveLeads } = data;
  if (!twelveLeads) return;
  addPage(flow, 'landscape');
  doc.outline.addItem(say('reportPages.twelveLeads'));
  const times = timesOf(data, options, words);
  const pageMm = PAPER_MM[options.paper].height;
  const widthMm = (twelveLeads.endS - twelveLeads.startS) * SWEEP_MM_PER_S;
  const x = (pageMm - widthMm - GUTTER_MM) / 2 + GUTTER_MM;
  const layout = say(`reportPages.layout_${twelveLeads.layout}`);
  const beside = say('reportPages.twelveHint', {
    at: times.dayAndSecond(twelveLeads.startS),
    filter: twelveLeads.filterLabel,
    layout,
  });
  heading(doc, say('reportPages.twelveLeads'), x - GUTTER_MM, flow.y, beside);
  const left = x - GUTTER_MM;
  const said = measuredText(twelveLeads.measured, data.recording, words);
  const lines = said.flatMap((one) => wrap(doc, one, widthMm + GUTTER_MM, NOTE));
  const height = flow.bottom - flow.y - 6 - GAP_MM - lines.length * NOTE_LINE_MM;
  const box = { x, y: flow.y + 6, width: widthMm, height };
  content(doc, 'Figure', () => drawSheet(doc, twelveLeads, data.marks, box, words), {
    alt: say('reportPages.twelveAlt', { layout }),
  });
  paragraph(doc, lines, left, box.y + box.height + GAP_MM, NOTE_LINE_MM, NOTE);
}

/** A lead in its part of a row, and the part of the time that it shows. */
interface Cell extends TimeSpan {
  readonly lead: StripLead;
  readonly xMm: number;
}

/** The cells of each row with the samples that they show, those of a lead turned round with their sign. */
function cellsOf({ startS, endS, leads, layout }: TwelveLeads, box: BoxMm): Cell[][] {
  return leadRows(layout, leads).map((row) =>
    row.map(({ lead, column, invertedAs }) => {
      const shown = spanOf({ startS, endS }, column);
      const sampleAt = (timeS: number): number =>
        Math.round((timeS - startS) * lead.samplingRateHz);
      const samplesMv = lead.samplesMv.subarray(sampleAt(shown.startS), sampleAt(shown.endS));
      return {
        lead: {
          ...lead,
          name: shownName({ lead, ...(invertedAs === undefined ? {} : { invertedAs }) }),
          samplesMv: invertedAs === undefined ? samplesMv : samplesMv.map((value) => -value),
        },
        xMm: box.x + (shown.startS - startS) * SWEEP_MM_PER_S,
        ...shown,
      };
    }),
  );
}

function drawSheet(
  doc: Doc,
  twelveLeads: TwelveLeads,
  marks: readonly KeptCaliper[],
  box: BoxMm,
  words: Words,
): void {
  drawGrid(doc, box);
  const rows = cellsOf(twelveLeads, box);
  // A row is as high as the highest of its leads needs: all on one baseline.
  const asLeads = rows.map((row, index) => ({
    index,
    name: '',
    samplingRateHz: 1,
    samplesMv: Float32Array.from(row.flatMap(({ lead }) => extremes(lead.samplesMv))),
  }));
  const baselines = baselinesMm(asLeads, box.height).map((baseline) => box.y + baseline);
  doc.save().rect(mm(box.x), mm(box.y), mm(box.width), mm(box.height)).clip();
  rows.forEach((row, i) => {
    for (const { lead, xMm } of row) {
      drawTrace(doc, lead.samplesMv, lead.samplingRateHz, xMm, baselines[i]!);
    }
  });
  doc.restore();
  const paper = { topMm: box.y, bottomMm: box.y + box.height };
  const labelMm = Math.min(GAIN_MM_PER_MV + 3.5, (0.5 * box.height) / rows.length);
  const isColumn = rows.every((row) => row.length === 1);
  const names: (Height & { readonly xMm: number })[] = [];
  rows.forEach((row, i) => {
    const baseline = baselines[i]!;
    // In rows near each other a pulse would lie on the one above; the first stands for all.
    if (i === 0 || baseline - baselines[i - 1]! > GAIN_MM_PER_MV)
      drawPulse(doc, box.x - GUTTER_MM + 0.6, baseline);
    row.forEach(({ lead, xMm }, j) => {
      // One below the other they leave no free paper, and a name far from its trace names another: they stand before it.
      if (isColumn) {
        const nameX = box.x - GUTTER_MM - LABEL_MM.width;
        return drawLeadLabel(doc, lead.name, nameX, baseline - LABEL_MM.height / 2, LABEL_MM.width);
      }
      const traces = takenIn(rows, baselines, { fromMm: xMm + 1, toMm: xMm + 1 + LABEL_MM.width });
      // Nor does a name stand on the one of the row above.
      const taken = [...traces, ...names.filter((name) => name.xMm === xMm)];
      const topMm = freeTopMm(baseline - labelMm, LABEL_MM.height, taken, paper);
      names.push({ xMm, topMm, bottomMm: topMm + LABEL_MM.height });
      drawLeadLabel(doc, lead.name, xMm + 1, topMm, 14);
      if (j > 0) {
        doc.moveTo(mm(xMm), mm(baseline - 5)).lineTo(mm(xMm), mm(baseline - 1));
        doc.lineWidth(mm(0.3)).strokeColor(COLOUR.trace).stroke();
      }
    });
  });
  drawMarks(doc, marks, markedPapers(rows, baselines, twelveLeads, box), words);
  doc.rect(mm(box.x), mm(box.y), mm(box.width), mm(box.height)).lineWidth(mm(0.2));
  doc.strokeColor(COLOUR.paperEdge).stroke();
}

/** What the traces of all rows take up between two places of the page. */
function takenIn(
  rows: readonly (readonly Cell[])[],
  baselines: readonly number[],
  { fromMm, toMm }: { readonly fromMm: number; readonly toMm: number },
): Height[] {
  return rows.flatMap((row, i) =>
    row.flatMap(({ lead: { samplesMv, samplingRateHz }, xMm }) => {
      const sampleAt = (mmOfPage: number): number =>
        Math.round((Math.max(0, mmOfPage - xMm) / SWEEP_MM_PER_S) * samplingRateHz);
      const part = samplesMv.subarray(sampleAt(fromMm), sampleAt(toMm));
      return traceHeight(part, baselines[i]!) ?? [];
    }),
  );
}

/** Where marks may stand: a whole row before a part of one. */
function markedPapers(
  rows: readonly (readonly Cell[])[],
  baselines: readonly number[],
  { startS }: TimeSpan,
  box: BoxMm,
): MarkedPaper[] {
  const papers = rows.flatMap((row, i) =>
    row.map(({ lead, startS: from, endS: to }) => ({
      lead: lead.index,
      startS: from,
      endS: to,
      baselineMm: baselines[i]!,
      rightMm: box.x + box.width,
      bottomMm: box.y + box.height,
      at: (timeS: number) => box.x + (timeS - startS) * SWEEP_MM_PER_S,
    })),
  );
  return papers.sort((a, b) => b.endS - b.startS - (a.endS - a.startS));
}

function extremes(samplesMv: Float32Array): [number, number] {
  let [low, high] = [0, 0];
  for (const value of samplesMv) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
