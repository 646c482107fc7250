import {
  clock,
  COLOUR,
  heading,
  MARGIN_MM,
  PAPER_MM,
  paragraph,
  text,
  wrap,
  type Doc,
} from './layout';
import { noteIsWhole } from './strip';
import type { ReportData, ReportOptions } from './types';

const BOTTOM_MM = 16;
const LINE_MM = 4.2;
const STYLE = { size: 9 } as const;
const DECIDED = { none: 'open', agree: 'agreed', overrule: 'overruled', unsure: 'unsure' };

/** Notes that no strip shows in full: of overruled segments, of those without a strip, and long ones. */
export function drawNotes(
  doc: Doc,
  data: ReportData,
  options: ReportOptions,
  onFirst: () => void,
): void {
  const shown = new Set(
    data.strips.filter((strip) => noteIsWhole(doc, strip)).map(({ segment }) => segment.index),
  );
  const notes = data.decisions
    .filter(({ segment, note }) => note.trim() !== '' && !shown.has(segment))
    .sort((a, b) => a.segment - b.segment);
  if (notes.length === 0) return;
  const page = PAPER_MM[options.paper];
  const width = page.width - 2 * MARGIN_MM;
  let y = Infinity;
  for (const { segment, decision, note } of notes) {
    const at = data.segments.find(({ index }) => index === segment);
    if (!at) continue;
    const lines = note
      .trim()
      .split(/\n+/)
      .flatMap((part) => wrap(doc, part, width - 6, STYLE));
    for (let from = 0; from === 0 || from < lines.length;) {
      if (y + LINE_MM * 2 > page.height - BOTTOM_MM) {
        doc.addPage({ size: options.paper, margin: 0 });
        if (y === Infinity) onFirst();
        heading(doc, 'Notes not shown in full over a strip', MARGIN_MM, MARGIN_MM);
        y = MARGIN_MM + 7;
      }
      if (from === 0) {
        const title = `${clock(at.startS)} – ${clock(at.endS)} · ${at.verdict} · ${DECIDED[decision]}`;
        text(doc, title, MARGIN_MM, y, { ...STYLE, bold: true, widthMm: width });
        y += LINE_MM;
      }
      const room = Math.max(1, Math.floor((page.height - BOTTOM_MM - y) / LINE_MM));
      y = paragraph(doc, lines.slice(from, from + room), MARGIN_MM + 3, y, LINE_MM, {
        ...STYLE,
        colour: COLOUR.muted,
      });
      from += room;
    }
    y += 2;
  }
}
