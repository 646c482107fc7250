import { COLOUR, mm, text } from './layout';
import { addPage, type Flow } from './page-frame';
import { MARGIN_MM } from './page-size';
import { drawRich, wrapRich, type RichPart } from './rich-text';
import { artifact, content } from './tags';

const SIZE = 9.2;
const LINE_MM = 4.45;
const PADDING_MM = 4;
/** Heading above, and room below the lines. */
const AROUND_MM = 10.6;

/** Lines that are read as one paragraph. */
interface Block {
  readonly lines: readonly (readonly RichPart[])[];
  /** A little air above: the reader's own words stand apart. */
  readonly apart: boolean;
}

/** The conclusion in its box: each sentence, its numbers leading to their strips, and below the reader's own words. */
export function drawConclusion(flow: Flow): void {
  const { doc, data, width, words } = flow;
  const strips = new Set(data.strips.map(({ id }) => id));
  const block = (parts: readonly RichPart[], apart = false): Block => ({
    lines: wrapRich(doc, parts, width - 2 * PADDING_MM, SIZE),
    apart,
  });
  const blocks = data.sentences
    .filter(({ written }) => written !== '')
    .map(({ parts, written }) =>
      block(
        written !== null
          ? [{ text: written }]
          : parts.map(({ text: part, findingId = null }) => ({
              text: part,
              destination:
                findingId !== null && strips.has(findingId) ? `strip-${findingId}` : null,
            })),
      ),
    );
  const own = data.content.words.trim();
  if (own === '') {
    const nothing = words.say('reportPages.noWords');
    blocks.push(block([{ text: nothing, colour: COLOUR.muted }], true));
  }
  own
    .split(/\n+/)
    .filter(Boolean)
    .forEach((part, i) => blocks.push(block([{ text: part, bold: true }], i === 0)));
  let rest = blocks;
  for (let first = true; first || rest.length > 0; first = false) {
    if (!first) addPage(flow);
    const title = words.say(first ? 'reportPages.conclusion' : 'reportPages.conclusionOn');
    rest = drawBox(flow, rest, title);
  }
}

/** Draws what fits on the page. @returns what does not */
function drawBox(flow: Flow, blocks: readonly Block[], title: string): Block[] {
  const { doc, width } = flow;
  let room = Math.max(1, Math.floor((flow.bottom - flow.y - AROUND_MM - 1.5) / LINE_MM));
  const here: Block[] = [];
  const rest: Block[] = [];
  for (const block of blocks) {
    if (room > 0) here.push({ ...block, lines: block.lines.slice(0, room) });
    if (block.lines.length > room)
      rest.push({ ...block, lines: block.lines.slice(Math.max(0, room)) });
    room -= block.lines.length;
  }
  const lines = here.reduce((sum, block) => sum + block.lines.length, 0);
  const air = here.some(({ apart }) => apart) ? 1.5 : 0;
  const heightMm = AROUND_MM + lines * LINE_MM + air;
  artifact(doc, () =>
    doc
      .roundedRect(mm(MARGIN_MM), mm(flow.y), mm(width), mm(heightMm), mm(2.2))
      .lineWidth(mm(0.25))
      .strokeColor(COLOUR.strongRule)
      .stroke(),
  );
  const x = MARGIN_MM + PADDING_MM;
  const style = { size: 7.5, bold: true, colour: COLOUR.muted };
  content(doc, 'H2', () => text(doc, title.toUpperCase(), x, flow.y + 3, style));
  let y = flow.y + 7.8;
  for (const { lines: own, apart } of here) {
    if (apart) y += 1.5;
    content(doc, 'P', () =>
      own.forEach((line, i) => drawRich(doc, line, x, y + i * LINE_MM, SIZE)),
    );
    y += own.length * LINE_MM;
  }
  flow.y += heightMm + 4.2;
  return rest;
}
