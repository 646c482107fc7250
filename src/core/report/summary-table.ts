import type { Doc } from './doc';
import { COLOUR, heading, rule, text, textWidthMm, type TextStyle } from './layout';
import { MARGIN_MM } from './page-size';
import { need, type Flow } from './page-frame';
import type { SummaryBlock } from './summary';
import { content, group } from './tags';

const ROW_MM = 4.9;
const HEAD_MM = 5.2;
const BETWEEN_MM = 2.2;
const VALUE = { size: 8.4, bold: true } as const;
/** Three columns, the middle one the widest, as shares of the width; where numbers end, as a share of the column. */
const COLUMNS = [
  { x: 0, width: 0.309, valueEnd: 0.63 },
  { x: 0.337, width: 0.354, valueEnd: 0.6 },
  { x: 0.719, width: 0.281, valueEnd: 0.46 },
];

const GAP_MM = 1.5;
/** Names and notes are this large, and as much smaller as the numbers of a long day need to stand whole, points. */
const BESIDE = { size: 8.2, leastSize: 5 } as const;

/**
 * Where the number of a row ends: with those of its column, but further right where its name needs the room and its note
 * has some to give.
 */
function valueEndMm(
  doc: Doc,
  { name, value, note }: { readonly name: string; readonly value: string; readonly note: string },
  column: { readonly widthMm: number; readonly valueEndMm: number },
  noteStyle: TextStyle,
): number {
  const mmOf = (said: string, style: TextStyle): number => textWidthMm(doc, said, style);
  const wantedMm = mmOf(name, BESIDE) + GAP_MM + mmOf(value, VALUE);
  const noteMm = note === '' ? 0 : mmOf(note, noteStyle) + GAP_MM;
  return Math.max(column.valueEndMm, Math.min(wantedMm, column.widthMm - noteMm));
}

/** Page 1 in numbers. */
export function drawSummary(flow: Flow): void {
  const { doc, data, words } = flow;
  const heights = data.summary.map((blocks) =>
    blocks.reduce((sum, { rows }) => sum + HEAD_MM + rows.length * ROW_MM + BETWEEN_MM, 0),
  );
  need(flow, 5 + Math.max(...heights));
  heading(doc, words.say('reportSummary.title'), MARGIN_MM, flow.y);
  const top = flow.y + 4.6;
  data.summary.forEach((blocks, i) => {
    const column = COLUMNS[i]!;
    let y = top;
    for (const block of blocks) {
      drawBlock(flow, block, y, column);
      y += HEAD_MM + block.rows.length * ROW_MM + BETWEEN_MM;
    }
  });
  flow.y = top + Math.max(...heights) + 0.5;
}

function drawBlock(
  { doc, width, words }: Flow,
  { title, rows }: SummaryBlock,
  yMm: number,
  column: (typeof COLUMNS)[number],
): void {
  const x = MARGIN_MM + column.x * width;
  const widthMm = column.width * width;
  group(doc, 'Table', () => {
    group(doc, 'TR', () =>
      content(doc, 'TH', () =>
        text(doc, title, x, yMm, { size: 8.6, leastSize: 6, bold: true, widthMm }),
      ),
    );
    rule(doc, x, yMm + 4.2, widthMm, COLOUR.ink, 0.25);
    rows.forEach(({ name, value, note, open = 0 }, i) => {
      const y = yMm + HEAD_MM + i * ROW_MM;
      const said = open > 0 ? words.say('reportSummary.andOpen', { n: String(open) }) : note;
      const noteStyle = {
        ...BESIDE,
        ...{ bold: open > 0, colour: open > 0 ? COLOUR.need : COLOUR.muted },
      };
      const valueEnd = valueEndMm(
        doc,
        { name, value, note: said },
        { widthMm, valueEndMm: column.valueEnd * widthMm },
        noteStyle,
      );
      group(doc, 'TR', () => {
        const nameMm = valueEnd - textWidthMm(doc, value, VALUE) - GAP_MM;
        content(doc, 'TH', () =>
          text(doc, name, x, y, {
            ...BESIDE,
            colour: COLOUR.muted,
            widthMm: value === '' ? widthMm : nameMm,
          }),
        );
        if (value !== '') {
          content(doc, 'TD', () =>
            text(doc, value, x, y, { ...VALUE, align: 'right', widthMm: valueEnd }),
          );
        }
        content(doc, 'TD', () =>
          text(doc, said, x + valueEnd + GAP_MM, y, {
            ...noteStyle,
            align: 'right',
            widthMm: widthMm - valueEnd - GAP_MM,
          }),
        );
      });
      rule(doc, x, y + 3.9, widthMm);
    });
  });
}
