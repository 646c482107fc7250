import { MARGIN_MM, PAPER_MM, type Doc } from './layout';
import { SWEEP_MM_PER_S } from './paper';
import { drawStrip, HEAD_MM, stripPaperMm } from './strip';
import type { ReportData, ReportOptions, ReportStrip } from './types';

const FOOT_MM = 12;
const BETWEEN_MM = 5;

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
  const halfMm = (roomMm - BETWEEN_MM) / 2 - HEAD_MM;
  let y = Infinity;
  data.strips.forEach((strip, index) => {
    // Two strips a page while each lead then keeps 15 mm; a page of its own for more leads.
    const paperMm = stripPaperMm(
      strip.leads.length,
      strip.leads.length * 15 <= halfMm ? halfMm : roomMm - HEAD_MM,
    );
    if (y + HEAD_MM + paperMm > pageMm.height - FOOT_MM) {
      doc.addPage({ size: options.paper, layout: 'landscape', margin: 0 });
      y = MARGIN_MM;
    }
    onStrip(strip, index);
    const left = (pageMm.width - (strip.endS - strip.startS) * SWEEP_MM_PER_S) / 2;
    drawStrip(doc, strip, data.beats, left, y, paperMm, {
      number: index + 1,
      filter: data.filterLabel,
    });
    y += HEAD_MM + paperMm + BETWEEN_MM;
  });
}
