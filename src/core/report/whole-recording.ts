import {
  axisSteps,
  BEAT_CLASSES,
  beatsInCells,
  cellsFor,
  clockMarks,
  dayOf,
  hourAndMinute,
  isMidnight,
  stepOfCount,
  trendInCells,
  type Hue,
  type TimeSpan,
} from '../../shared/domain';
import { overBeats } from '../../shared/domain/rate-words';
import type { Words } from '../../shared/words';
import type { Doc } from './doc';
import { COLOUR, heading, HUES, mm, STEP_SHARES, text } from './layout';
import { need, type Flow } from './page-frame';
import { MARGIN_MM } from './page-size';
import { timesOf, type ReportTimes } from './report-times';
import { content } from './tags';
import type { ReportData } from './types';

const LABEL_MM = 25;
const LANE_MM = 3.1;
const PITCH_MM = 3.75;
const TREND_MM = 19;
const AXIS_MM = 4.5;
/** Rate at the foot and at the top of the trend, bpm; the top is raised to what is drawn. */
const LOW_BPM = 40;
const HIGH_BPM = 200;
const LABEL_EVERY_BPM = 40;

interface LaneMap {
  readonly doc: Doc;
  readonly x: number;
  readonly width: number;
  readonly durationS: number;
}

/** The whole recording at a glance: lanes on one axis of time, and the rate below them. */
export function drawWholeRecording(flow: Flow): void {
  const { doc, data, options, width, words } = flow;
  const { say } = words;
  const { durationS } = data.recording;
  const times = timesOf(data, options, words);
  const lanes = lanesOf(data, words);
  const trendTop = lanes.length * PITCH_MM + 2.5;
  const hasTrend = data.heartRate !== null;
  need(flow, 6 + trendTop + (hasTrend ? TREND_MM : 0) + AXIS_MM);
  const { cellS, from } = cellsFor(durationS);
  const cell = cellS >= 60 ? `${cellS / 60} min` : `${cellS} s`;
  const clock = say(
    times.start.secondsS === null ? 'reportPages.fromStart' : 'reportPages.clockTime',
  );
  heading(
    doc,
    say('reportPages.wholeRecording'),
    MARGIN_MM,
    flow.y,
    say('reportPages.wholeHint', {
      clock,
      cell,
      from: from.slice(0, -1).join(', '),
      last: String(from.at(-1)!),
    }),
  );
  const top = flow.y + 5;
  const map: LaneMap = { doc, x: MARGIN_MM + LABEL_MM, width: width - LABEL_MM, durationS };
  const bottom = top + trendTop + (hasTrend ? TREND_MM : 0);
  content(
    doc,
    'Figure',
    () => {
      lanes.forEach((_, i) => drawLaneGround(map, top + i * PITCH_MM));
      drawClockLines(map, top, bottom, times.start, words);
      lanes.forEach((lane, i) => drawLane(map, lane, top + i * PITCH_MM));
      if (hasTrend) drawTrend(map, data, top + trendTop, times, words);
    },
    { alt: altOf(data, words) },
  );
  flow.y = bottom + AXIS_MM + 2.5;
}

type Span = TimeSpan & { readonly hue: Hue; readonly tall: boolean };

interface Lane {
  readonly name: string;
  /** Counts by cell with the counts from which each step begins, or spans. */
  readonly cells?: {
    readonly counts: Uint16Array;
    readonly cellS: number;
    readonly from: readonly number[];
    readonly hue: Hue;
  };
  readonly spans?: readonly Span[];
}

function lanesOf(
  { beats, recording, findings, unreadable, thresholds, namesBeats }: ReportData,
  { say }: Words,
): Lane[] {
  const { durationS } = recording;
  const { cellS, from } = cellsFor(durationS);
  const counts = (letter: 'V' | 'S'): Uint16Array =>
    beatsInCells(beats, BEAT_CLASSES.indexOf(letter), cellS, durationS);
  const held = findings.filter(({ state }) => state !== 'rejected');
  const rhythm = held.flatMap(({ kind, startS, endS, durationS: lengthS }): Span[] => {
    if (kind === 'af') return [{ startS, endS, hue: 'af', tall: true }];
    if (kind !== 'pause' && kind !== 'asystole') return [];
    return [{ startS, endS, hue: 'pause', tall: lengthS >= thresholds.urgentPauseS }];
  });
  const unread: Lane = {
    name: say('reportPages.lane_unreadable'),
    spans: unreadable.map((span) => ({ ...span, hue: 'unread', tall: true })),
  };
  if (!namesBeats) {
    const flagged = held
      .filter(({ kind }) => kind === 'flagged-unclear')
      .map(({ startS, endS }) => ({ startS, endS, hue: 'n' as const, tall: true }));
    return [{ name: say('reportPages.lane_flagged'), spans: flagged }, unread];
  }
  return [
    { name: say('reportPages.lane_V'), cells: { counts: counts('V'), cellS, from, hue: 'v' } },
    { name: say('reportPages.lane_S'), cells: { counts: counts('S'), cellS, from, hue: 's' } },
    { name: say('reportPages.lane_rhythm'), spans: rhythm },
    unread,
  ];
}

function drawLaneGround({ doc, x, width }: LaneMap, yMm: number): void {
  doc.rect(mm(x), mm(yMm), mm(width), mm(LANE_MM)).fill(COLOUR.cellEmpty);
}

function drawLane(
  { doc, x, width, durationS }: LaneMap,
  { name, cells, spans = [] }: Lane,
  yMm: number,
): void {
  text(doc, name, MARGIN_MM, yMm + 0.1, { size: 7.5, align: 'right', widthMm: LABEL_MM - 2 });
  const at = (timeS: number): number => x + (Math.min(timeS, durationS) / durationS) * width;
  if (cells) {
    const { counts, cellS, from, hue } = cells;
    counts.forEach((count, i) => {
      const step = stepOfCount(count, from);
      if (step === 0) return;
      const [left, right] = [at(i * cellS), at((i + 1) * cellS)];
      doc.rect(mm(left), mm(yMm), mm(right - left), mm(LANE_MM));
      doc.fill(mixed(HUES[hue].fill, STEP_SHARES[step - 1]!));
    });
  }
  for (const { startS, endS, hue, tall } of spans) {
    const left = at(startS);
    const heightMm = LANE_MM * (tall ? 1 : 0.6);
    const widthMm = Math.max(0.4, at(endS) - left);
    doc.rect(mm(left), mm(yMm + LANE_MM - heightMm), mm(widthMm), mm(heightMm));
    doc.fill(hue === 'unread' ? HUES.unread.text : HUES[hue].fill);
  }
}

/** A class's fill on the ground of an empty cell; mixed and not laid over it, as paper knows no transparency. */
function mixed(fill: string, share: number): string {
  const part = (from: number): string => {
    const [ground, own] = [COLOUR.cellEmpty, fill].map((hex) =>
      parseInt(hex.slice(from, from + 2), 16),
    ) as [number, number];
    return Math.round(ground + (own - ground) * share)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${part(1)}${part(3)}${part(5)}`;
}

function drawClockLines(
  { doc, x, width, durationS }: LaneMap,
  topMm: number,
  bottomMm: number,
  start: ReportTimes['start'],
  words: Words,
): void {
  const { lineS, labelS } = axisSteps(durationS);
  for (const timeS of clockMarks(start, 0, durationS, lineS)) {
    const lineX = x + (timeS / durationS) * width;
    const midnight = isMidnight(start, timeS);
    doc
      .moveTo(mm(lineX), mm(topMm))
      .lineTo(mm(lineX), mm(bottomMm))
      .lineWidth(mm(midnight ? 0.25 : 0.12))
      .strokeColor(midnight ? COLOUR.muted : COLOUR.rule)
      .stroke();
    const phase = (timeS + (start.secondsS ?? 0)) % labelS;
    const isLabelled = Math.min(phase, labelS - phase) < 0.5;
    // A label needs its own width on the paper.
    if ((!isLabelled && !midnight) || lineX - x > width - 5) continue;
    const label = midnight
      ? dayOf(start, timeS + 1, false, words)
      : hourAndMinute(start, timeS, durationS);
    text(doc, label || hourAndMinute(start, timeS, durationS), lineX - 12, bottomMm + 0.8, {
      size: 7,
      bold: midnight,
      colour: midnight ? COLOUR.ink : COLOUR.muted,
      align: 'center',
      widthMm: 24,
    });
  }
}

/** Median in ink on a band from the lowest to the highest, a gap where the rate cannot be told. */
function drawTrend(
  { doc, x, width, durationS }: LaneMap,
  { trend, heartRate, thresholds }: ReportData,
  topMm: number,
  times: ReturnType<typeof timesOf>,
  words: Words,
): void {
  const { say } = words;
  const { cellS } = cellsFor(durationS);
  const { lowest, highest } = heartRate!;
  const low = Math.min(LOW_BPM, Math.floor(lowest.bpm / 20) * 20);
  const high = Math.max(HIGH_BPM, Math.ceil(highest.bpm / 20) * 20);
  const y = (bpm: number): number => topMm + TREND_MM * (1 - (bpm - low) / (high - low));
  const at = (timeS: number): number => x + (Math.min(timeS, durationS) / durationS) * width;
  for (let bpm = LOW_BPM; bpm <= high; bpm += LABEL_EVERY_BPM) {
    doc.moveTo(mm(x), mm(y(bpm))).lineTo(mm(x + width), mm(y(bpm)));
    doc.lineWidth(mm(0.12)).strokeColor(COLOUR.rule).stroke();
    text(doc, String(bpm), MARGIN_MM, y(bpm) - 1.3, {
      size: 7,
      colour: COLOUR.muted,
      align: 'right',
      widthMm: LABEL_MM - 2,
    });
  }
  text(doc, say('reportPages.rate'), MARGIN_MM, topMm, { size: 7.5 });
  const said = [
    say('reportPages.rateOver', { over: overBeats(heartRate, words) }),
    say('reportPages.rateMedian'),
    say('reportPages.rateRange'),
  ];
  said.forEach((line, i) =>
    text(doc, line, MARGIN_MM, topMm + 3.4 + 2.7 * i, {
      size: 6.3,
      colour: COLOUR.muted,
    }),
  );
  const cells = trendInCells(trend, cellS, durationS).map((cell, i) =>
    cell ? { ...cell, x: at((i + 0.5) * cellS) } : null,
  );
  for (const stretch of stretches(cells)) {
    stretch.forEach((cell, i) =>
      i === 0 ? doc.moveTo(mm(cell.x), mm(y(cell.high))) : doc.lineTo(mm(cell.x), mm(y(cell.high))),
    );
    [...stretch].reverse().forEach((cell) => doc.lineTo(mm(cell.x), mm(y(cell.low))));
    doc.closePath().fill(COLOUR.rateBand);
    stretch.forEach((cell, i) =>
      i === 0
        ? doc.moveTo(mm(cell.x), mm(y(cell.median)))
        : doc.lineTo(mm(cell.x), mm(y(cell.median))),
    );
    doc.lineWidth(mm(0.28)).lineJoin('round').strokeColor(COLOUR.rate).stroke();
  }
  for (const [{ bpm, atS }, above] of [
    [highest, true],
    [lowest, false],
  ] as const) {
    const dotX = at(atS);
    doc.circle(mm(dotX), mm(y(bpm)), mm(0.5)).fill(COLOUR.rate);
    const label = say('reportPages.rateAt', {
      bpm: words.numberBeside(bpm, 0, [
        above ? thresholds.tachycardiaBpm : thresholds.bradycardiaBpm,
      ]),
      at: times.minute(atS),
    });
    const isRight = dotX > x + width - 24;
    text(doc, label, isRight ? dotX - 25 : dotX + 1.2, y(bpm) + (above ? -2.4 : -0.6), {
      size: 7.2,
      bold: true,
      align: isRight ? 'right' : 'left',
      widthMm: 24,
    });
  }
}

function stretches<T>(cells: readonly (T | null)[]): T[][] {
  const found: T[][] = [];
  let open: T[] | null = null;
  for (const cell of cells) {
    if (cell === null) open = null;
    else {
      if (!open) found.push((open = []));
      open.push(cell);
    }
  }
  return found;
}

function altOf({ heartRate, recording, thresholds }: ReportData, words: Words): string {
  const { say, numberBeside } = words;
  const rate = heartRate
    ? say('reportPages.wholeAltRate', {
        low: numberBeside(heartRate.lowest.bpm, 0, [thresholds.bradycardiaBpm]),
        high: numberBeside(heartRate.highest.bpm, 0, [thresholds.tachycardiaBpm]),
      })
    : '';
  const n = String(Math.round(recording.durationS / 60));
  return say('reportPages.wholeAlt', { n, rate });
}
