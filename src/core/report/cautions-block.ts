import { COLOUR, mm, paragraph, wrap } from './layout';
import { need, type Flow } from './page-frame';
import { MARGIN_MM } from './page-size';
import { artifact } from './tags';

const LINE_MM = 3.8;
const STYLE = { size: 8.2 } as const;

/** What must be known before page 1 is believed. */
export function drawCautions(flow: Flow): void {
  const { doc, data, width } = flow;
  if (data.cautions.length === 0) return;
  const lines = data.cautions.flatMap((caution) => wrap(doc, caution, width - 6, STYLE));
  const heightMm = lines.length * LINE_MM + 1.6;
  need(flow, heightMm);
  artifact(doc, () => doc.rect(mm(MARGIN_MM), mm(flow.y), mm(0.9), mm(heightMm)).fill(COLOUR.ink));
  paragraph(doc, lines, MARGIN_MM + 3, flow.y + 0.7, LINE_MM, STYLE);
  flow.y += heightMm + 3.5;
}
