import type { Words } from '../../shared/words';
import { heading, mm } from './layout';
import { addPage, TOP_MM, type Flow } from './page-frame';
import { MARGIN_MM } from './page-size';
import { timesOf } from './report-times';
import { drawStrip, measureStrip, type MeasuredStrip } from './strip';
import { baselinesMm, leavesPaper, tracesCross } from './strip-leads';
import { content } from './tags';
import type { ReportStrip } from './types';

const HEADING_MM = 5;
const BETWEEN_MM = 2;
/** Of the paper that a strip wishes for, at the least. */
const LEAST_SHARE = 0.65;

/**
 * The strips in the reader's order, one below the other, as many on a page as fit at true scale.
 * @param from index of the first that is still to be drawn
 * @param here true draws only those for which the page that was begun has room
 * @param followingMm height of what comes after the last one and may not stand on a page alone
 * @returns index of the first that was not drawn
 */
export function drawStrips(flow: Flow, from: number, here: boolean, followingMm: number): number {
  const { doc, data, options, words } = flow;
  const times = timesOf(data, options, words);
  const fibrillation = data.findings.filter(
    ({ kind, state }) => kind === 'af' && state !== 'rejected',
  );
  const context = { times, words, beats: data.beats, fibrillation, marks: data.marks };
  const fresh = flow.bottom - TOP_MM - HEADING_MM;
  const following = followingMm > 0 ? BETWEEN_MM + followingMm : 0;
  let headed = -1;
  const pages = (): number => doc.bufferedPageRange().count;
  /** With its heading where it is the first of its page. */
  const place = (strip: ReportStrip, measured: MeasuredStrip, i: number): void => {
    if (headed !== pages()) drawHeading(flow, i === 0 && (strip.part?.from ?? 1) === 1);
    headed = pages();
    const at = times.dayAndSecond(strip.about.startS);
    if ((strip.part?.from ?? 1) === 1) {
      doc.addNamedDestination(`strip-${strip.id}`, 'XYZ', 0, mm(flow.y - 4), null);
      doc.outline.addItem(`${i + 1} ${strip.title} ${times.second(strip.about.startS)}`);
    }
    const draw = (): void =>
      drawStrip(doc, strip, measured, MARGIN_MM, flow.y, flow.width, { ...context, number: i + 1 });
    content(doc, 'Figure', draw, { alt: altOf(strip, at, words) });
    flow.y += measured.heightMm + BETWEEN_MM;
  };
  for (let i = from; i < data.strips.length; i++) {
    let strip = data.strips[i]!;
    let measured = measureStrip(doc, strip, flow.width, fresh, words);
    // The last one takes what follows with it: a signature stands on no page alone.
    const isLast = i === data.strips.length - 1;
    const keepMm = isLast && measured.heightMm + following <= fresh ? following : 0;
    const room = flow.bottom - flow.y - (headed === pages() ? 0 : HEADING_MM) - keepMm;
    if (measured.heightMm > room) {
      const tight = measureStrip(doc, strip, flow.width, room, words);
      if (isReadable(strip, tight, measured)) measured = tight;
      else if (here) return i;
      else {
        // Rather the first of its rows here than half of a page empty.
        const parted = partedFor(flow, strip, room);
        if (parted) {
          place(parted.here, parted.measured, i);
          strip = parted.next;
          measured = measureStrip(doc, strip, flow.width, fresh, words);
        }
        addPage(flow);
      }
    }
    place(strip, measured, i);
  }
  return data.strips.length;
}

interface Parted {
  readonly here: ReportStrip;
  readonly measured: MeasuredStrip;
  readonly next: ReportStrip;
}

/** The rows of a strip for which there is room, and the rest for the next page; null where there is none for the first. */
function partedFor({ doc, width, words }: Flow, strip: ReportStrip, roomMm: number): Parted | null {
  const { rows } = strip;
  for (let n = rows.length - 1; n > 0; n--) {
    const here = { ...strip, rows: rows.slice(0, n), part: { from: 1, to: n, of: rows.length } };
    const wished = measureStrip(doc, here, width, Infinity, words);
    const measured = measureStrip(doc, here, width, roomMm, words);
    if (measured.paperMm <= 0 || !isReadable(here, measured, wished)) continue;
    const rest = { from: n + 1, to: rows.length, of: rows.length };
    const next = { ...strip, comment: '', note: '', rows: rows.slice(n), part: rest };
    return { here, measured, next };
  }
  return null;
}

/**
 * Less paper than a strip wishes for serves as well, where its leads come near each other but lie on none another, and none
 * leaves the paper.
 */
function isReadable(strip: ReportStrip, tight: MeasuredStrip, wished: MeasuredStrip): boolean {
  return (
    tight.paperMm >= LEAST_SHARE * wished.paperMm &&
    strip.rows.every(({ leads }) => {
      const baselines = baselinesMm(leads, tight.paperMm);
      const isWhole = leads.every((lead, i) => !leavesPaper(lead, baselines[i]!, tight.paperMm));
      return isWhole && !tracesCross(leads, baselines);
    })
  );
}

function drawHeading(flow: Flow, first: boolean): void {
  const { data, doc, words } = flow;
  const { say } = words;
  const { strips, content: said } = data;
  const key = said.ownStrips ? 'reportPages.stripsByProgram' : 'reportPages.stripsByReader';
  const count = first ? say(key, { n: strips.length, count: String(strips.length) }) : '';
  heading(
    doc,
    say(first ? 'reportPages.strips' : 'reportPages.stripsOn'),
    MARGIN_MM,
    flow.y,
    say('reportPages.stripsHint', { count, filter: data.filterLabel }),
  );
  flow.y += HEADING_MM;
}

function altOf({ title, chip, state, rows }: ReportStrip, at: string, { say }: Words): string {
  const leads = rows[0]?.leads.map(({ name }) => name).join(', ') ?? '';
  const decided = state ? say(`verdicts.state_${state}`) : say('reportPages.chosenStretch');
  const ofLeads = say('reportPages.leadsAlt', { leads });
  return [title, at, chip, decided, ofLeads].filter(Boolean).join('; ');
}
