import { clock, COLOUR, heading, MARGIN_MM, rule, text, type Doc } from './layout';
import type { ReportData, ReportFinding } from './types';

const ROW_MM = 4.8;

interface Column {
  readonly head: string;
  readonly share: number;
  readonly right?: boolean;
  cell(finding: ReportFinding): string;
}

/** @returns the y below the table */
export function drawFindings(doc: Doc, data: ReportData, yMm: number, width: number): number {
  heading(doc, 'Findings', MARGIN_MM, yMm);
  let y = yMm + 5.5;
  if (data.findings.length === 0) {
    const rejected = data.rejected > 0 ? ` ${rejectedText(data.rejected)}` : '';
    text(doc, `${withoutFindings(data)}${rejected}`, MARGIN_MM, y, {
      colour: COLOUR.muted,
      widthMm: width,
    });
    return y + 5;
  }
  const columns: Column[] = [
    { head: 'Kind', share: 0.28, cell: ({ kind }) => kind },
    { head: 'Count', share: 0.072, right: true, cell: ({ count }) => String(count) },
    {
      head: 'On strips',
      share: 0.095,
      right: true,
      cell: ({ inStrips, count }) => (inStrips === count ? 'all' : String(inStrips)),
    },
    {
      head: 'Segments',
      share: 0.098,
      right: true,
      cell: ({ segments }) => String(segments.length),
    },
    {
      head: 'Reviewed',
      share: 0.1,
      right: true,
      cell: ({ reviewed }) => String(reviewed),
    },
    { head: 'Example', share: 0.097, cell: ({ exampleS }) => clock(exampleS, true) },
    { head: 'Longest or fastest', share: 0.258, cell: ({ extreme }) => extreme ?? '—' },
  ];
  const row = (cellOf: (column: Column) => string, bold: boolean, colour: string): void => {
    let x = MARGIN_MM;
    for (const column of columns) {
      const columnMm = column.share * width;
      // Numbers end where the next column's text begins to need air.
      text(doc, cellOf(column), x, y, {
        size: 8.5,
        bold,
        colour,
        align: column.right ? 'right' : 'left',
        widthMm: columnMm - (column.right ? 3.5 : 1),
      });
      x += columnMm;
    }
  };
  row(({ head }) => head, true, COLOUR.muted);
  y += ROW_MM;
  rule(doc, MARGIN_MM, y - 0.8, width);
  for (const finding of data.findings) {
    row((column) => column.cell(finding), false, COLOUR.ink);
    y += ROW_MM;
    rule(doc, MARGIN_MM, y - 0.8, width);
  }
  if (data.rejected === 0) return y;
  text(doc, rejectedText(data.rejected), MARGIN_MM, y, { size: 8.5, colour: COLOUR.muted });
  return y + ROW_MM;
}

function rejectedText(count: number): string {
  const findings = count === 1 ? '1 finding was' : `${count} findings were`;
  return `${findings} rejected by the reader and ${count === 1 ? 'is' : 'are'} in no other figure.`;
}

/** Never said of more than was judged. */
function withoutFindings({ namesBeats }: ReportData): string {
  return namesBeats
    ? 'No arrhythmia flagged. ST, QT, conduction and pacing are not judged.'
    : 'No segment was flagged. This model names neither beats nor rhythm.';
}
