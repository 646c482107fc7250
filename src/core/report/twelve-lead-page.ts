import { COLOUR, heading, mm, text, type Doc } from './layout';
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
import { reportTimes } from './report-times';
import { baselinesMm } from './strip-leads';
import { content } from './tags';
import type { StripLead, TwelveLeads } from './types';

/** Places of the leads in the order I II III aVR aVL aVF V1 to V6: four columns of three, and II below as the rhythm. */
const ROWS = [
  [0, 3, 6, 9],
  [1, 4, 7, 10],
  [2, 5, 8, 11],
];
const RHYTHM = 1;
const GUTTER_MM = 7;

/** Twelve leads on a landscape page: 3 x 4 with lead II through all ten seconds. */
export function drawTwelveLeads(flow: Flow): void {
  const { doc, data, options } = flow;
  const { twelveLeads } = data;
  if (!twelveLeads) return;
  addPage(flow, 'landscape');
  doc.outline.addItem('Twelve leads');
  const times = reportTimes(
    options.identity ? data.recording.startClock : null,
    data.recording.durationS,
  );
  const pageMm = PAPER_MM[options.paper].height;
  const widthMm = (twelveLeads.endS - twelveLeads.startS) * SWEEP_MM_PER_S;
  const x = (pageMm - widthMm - GUTTER_MM) / 2 + GUTTER_MM;
  const beside = `from ${times.dayAndSecond(twelveLeads.startS)}; 25 mm/s, 10 mm/mV, ${twelveLeads.filterLabel}; columns follow each other, lead II below is whole`;
  heading(doc, 'Twelve leads', x - GUTTER_MM, flow.y, beside);
  const box = { x, y: flow.y + 6, width: widthMm, height: flow.bottom - flow.y - 18 };
  content(doc, 'Figure', () => drawSheet(doc, twelveLeads, box), {
    alt: `Twelve leads in three rows of four, 2.5 s each, and lead II for ten seconds`,
  });
  const values = data.recording.measurements;
  const said = values
    .map(({ name, value, units }) => `${name} ${value} ${units}`.trim())
    .join(', ');
  text(
    doc,
    said
      ? `As the device measured, not checked: ${said}`
      : 'Nothing was measured. Conduction, ST and QT are not judged.',
    x - GUTTER_MM,
    box.y + box.height + 3,
    { size: 8, colour: COLOUR.muted, widthMm: widthMm + GUTTER_MM },
  );
}

function drawSheet(doc: Doc, { startS, endS, leads }: TwelveLeads, box: BoxMm): void {
  drawGrid(doc, box);
  const lasts = endS - startS;
  const column = (lead: StripLead, from: number, to: number): StripLead => ({
    ...lead,
    samplesMv: lead.samplesMv.subarray(
      Math.round(from * lasts * lead.samplingRateHz),
      Math.round(to * lasts * lead.samplingRateHz),
    ),
  });
  const rows = [
    ...ROWS.map((row) => row.map((lead, i) => column(leads[lead]!, i / 4, (i + 1) / 4))),
    [leads[RHYTHM]!],
  ];
  // A row is as high as the highest of its leads needs: all on one baseline.
  const asLeads = rows.map((row) => ({
    name: '',
    samplingRateHz: 1,
    samplesMv: Float32Array.from(row.flatMap(({ samplesMv }) => extremes(samplesMv))),
  }));
  const baselines = baselinesMm(asLeads, box.height);
  doc.save().rect(mm(box.x), mm(box.y), mm(box.width), mm(box.height)).clip();
  rows.forEach((row, i) =>
    row.forEach((lead, j) => {
      const x = box.x + (j / row.length) * box.width;
      drawTrace(doc, lead.samplesMv, lead.samplingRateHz, x, box.y + baselines[i]!);
    }),
  );
  doc.restore();
  rows.forEach((row, i) => {
    const baseline = box.y + baselines[i]!;
    drawPulse(doc, box.x - GUTTER_MM + 0.6, baseline);
    row.forEach((lead, j) => {
      const x = box.x + (j / row.length) * box.width;
      drawLeadLabel(doc, lead.name, x + 1, baseline - GAIN_MM_PER_MV - 3.5, 14);
      if (j > 0) {
        doc.moveTo(mm(x), mm(baseline - 5)).lineTo(mm(x), mm(baseline - 1));
        doc.lineWidth(mm(0.3)).strokeColor(COLOUR.trace).stroke();
      }
    });
  });
  doc.rect(mm(box.x), mm(box.y), mm(box.width), mm(box.height)).lineWidth(mm(0.2));
  doc.strokeColor(COLOUR.paperEdge).stroke();
}

function extremes(samplesMv: Float32Array): [number, number] {
  let [low, high] = [0, 0];
  for (const value of samplesMv) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
