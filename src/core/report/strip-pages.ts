import { COLOUR, MARGIN_MM, PAPER_MM, paragraph, wrap, type Doc } from './layout';
import { aroundPaperMm, drawStrip, noteLines, stripWidthMm } from './strip';
import { paperForMm } from './strip-leads';
import type { ReportData, ReportOptions, ReportStrip } from './types';

const TOP_MM = 10;
/** Legend and footer. */
const BOTTOM_MM = 17;
const BETWEEN_MM = 4;
/** Paper for a lead at the least, on strips that share their page with another. */
const LEAST_LEAD_MM = 15;

const LEGEND =
  'Letters over the paper: N normal, S supraventricular, V ventricular, F fusion, Q not classifiable; from the model, as edited by the reader. ' +
  'Attention: where the model looked, darker for more, relative to the most attended part of the strip. It is not the reason for the verdict. ' +
  'Faithful: masking the attended part lowers the probability more than masking as much elsewhere.';

/** Landscape pages with as many strips each as fit at true scale. */
export function drawStripPages(
  doc: Doc,
  data: ReportData,
  options: ReportOptions,
  onStrip: (strip: ReportStrip, index: number) => void,
): void {
  const sheet = PAPER_MM[options.paper];
  const page = { width: sheet.height, height: sheet.width };
  const roomMm = page.height - TOP_MM - BOTTOM_MM;
  const legend = wrap(doc, LEGEND, page.width - 2 * MARGIN_MM, { size: 6 });
  let y = Infinity;
  data.strips.forEach((strip, index) => {
    const note = noteLines(doc, strip);
    const around = aroundPaperMm(note.length);
    const sharedMm = Math.floor(((roomMm - BETWEEN_MM) / 2 - around) / 5) * 5;
    const mostMm =
      sharedMm >= strip.leads.length * LEAST_LEAD_MM
        ? sharedMm
        : Math.floor((roomMm - around) / 5) * 5;
    const wishMm = paperForMm(strip.leads);
    let paperMm = Math.min(mostMm, wishMm);
    const leftMm = Math.floor((page.height - BOTTOM_MM - y - around) / 5) * 5;
    // What the strip above did not need is this one's.
    if (leftMm >= paperMm) paperMm = Math.min(wishMm, leftMm);
    else {
      doc.addPage({ size: options.paper, layout: 'landscape', margin: 0 });
      paragraph(doc, legend, MARGIN_MM, page.height - BOTTOM_MM + 1.5, 2.6, {
        size: 6,
        colour: COLOUR.muted,
      });
      y = TOP_MM;
    }
    onStrip(strip, index);
    const x = (page.width - stripWidthMm(strip)) / 2;
    const layout = { number: index + 1, filter: data.filterLabel, paperMm, note };
    drawStrip(doc, strip, data.beats, x, y, layout);
    y += around + paperMm + BETWEEN_MM;
  });
}
