import {
  caliperLabel,
  shortLeadName,
  type KeptCaliper,
  type RecordingInfo,
  type TimeSpan,
} from '../../shared/domain';
import type { Words } from '../../shared/words';
import type { Doc } from './doc';
import { mm, text, textWidthMm } from './layout';
import type { ReportData } from './types';

/** What was measured by hand, in the colour that marks have on screen. */
const MARK_COLOUR = '#1d4ed8';
/** From the trace's 0 mV down to the first row of marks, and from row to row. */
const BELOW_MM = 5.5;
const ROW_MM = 3.2;
const LABEL = { size: 6.8, bold: true, colour: MARK_COLOUR } as const;

/** Where a lead that a mark was set in is drawn. */
export interface MarkedPaper extends TimeSpan {
  readonly lead: number;
  readonly baselineMm: number;
  /** Right and lower edge of the paper. */
  readonly rightMm: number;
  readonly bottomMm: number;
  at(timeS: number): number;
}

/** The marks that lie whole on one of the papers: a bar from edge to edge under the trace, and what it measured. */
export function drawMarks(
  doc: Doc,
  marks: readonly KeptCaliper[],
  papers: readonly MarkedPaper[],
  words: Words,
): void {
  const rowsOf = new Map<MarkedPaper, number[]>();
  for (const mark of [...marks].sort((a, b) => a.startS - b.startS)) {
    const paper = papers.find((one) => isOn(mark, one, [one.lead]));
    if (!paper) continue;
    const label = caliperLabel(mark, words);
    const [from, to] = [paper.at(mark.startS), paper.at(mark.endS)];
    const labelMm = textWidthMm(doc, label, LABEL) + 1;
    const before = to + labelMm + 1 > paper.rightMm;
    const rows = rowsOf.get(paper) ?? [];
    rowsOf.set(paper, rows);
    const startMm = before ? from - labelMm : from;
    let row = rows.findIndex((endMm) => endMm + 1.5 <= startMm);
    if (row < 0) row = rows.length;
    rows[row] = before ? to : to + labelMm;
    const y = Math.min(paper.baselineMm + BELOW_MM + row * ROW_MM, paper.bottomMm - 1.2);
    doc.lineWidth(mm(0.25)).strokeColor(MARK_COLOUR);
    for (const x of [from, to]) doc.moveTo(mm(x), mm(y - 1)).lineTo(mm(x), mm(y + 1));
    doc.moveTo(mm(from), mm(y)).lineTo(mm(to), mm(y)).stroke();
    doc.dash(mm(0.5), { space: mm(0.5) }).lineWidth(mm(0.2));
    for (const x of [from, to]) doc.moveTo(mm(x), mm(paper.baselineMm)).lineTo(mm(x), mm(y));
    doc.stroke().undash();
    text(doc, label, before ? from - labelMm : to + 0.8, y - 1.3, LABEL);
  }
}

function isOn(mark: KeptCaliper, paper: TimeSpan, leads: readonly number[]): boolean {
  return (
    mark.startS >= paper.startS &&
    mark.endS <= paper.endS &&
    (mark.lead === null || leads.includes(mark.lead))
  );
}

/** Marks that no paper shows, as notes with who kept them. */
export function marksOnNoPaper(
  marks: readonly KeptCaliper[],
  papers: readonly (TimeSpan & { readonly leads: readonly number[] })[],
  info: Pick<RecordingInfo, 'leads'>,
  words: Words,
): ReportData['notes'] {
  const { say } = words;
  return marks
    .filter((mark) => !papers.some((paper) => isOn(mark, paper, paper.leads)))
    .map((mark) => {
      const lead = mark.lead === null ? undefined : info.leads[mark.lead];
      const by = mark.reader === '' ? '' : say('reportPages.measuredBy', { reader: mark.reader });
      return {
        atS: mark.startS,
        title: lead
          ? say('reportPages.markIn', { lead: shortLeadName(lead.name.trim()) })
          : say('reportPages.mark'),
        note: `${caliperLabel(mark, words)}${by}`,
      };
    });
}
