import { formatCount, formatDuration, type FindingKind, type HourRow } from '../../shared/domain';
import { overBeats } from '../../shared/domain/rate-words';
import { percentText } from '../../shared/domain/share-text';
import { COLOUR, heading, rule, text } from './layout';
import { addPage, need, type Flow } from './page-frame';
import { MARGIN_MM } from './page-size';
import { timesOf } from './report-times';
import { content, group } from './tags';
import type { ReportData } from './types';

const ROW_MM = 4.25;
const AFTER_MM = 4;
const NONE = '–';
/** Kinds that have a column here, and are decided one by one. */
const COUNTED: ReadonlySet<FindingKind> = new Set<FindingKind>([
  'ventricular-tachycardia',
  'ventricular-run',
  'af',
  'pause',
  'asystole',
]);

interface Column {
  readonly head: string;
  readonly share: number;
  cell(row: HourRow): string;
}

/**
 * A row for each hour, and the sum of all, which is what page 1 says.
 * @param followingMm height of what comes after it and may not stand on a page alone
 */
export function drawHours(flow: Flow, followingMm = 0): void {
  const { doc, data } = flow;
  if (!data.namesBeats || data.hours.length === 0) return;
  const rows = [...data.hours, sumOf(data)];
  if (!need(flow, 12 + Math.min(rows.length, 6) * ROW_MM) && flow.y > 40) flow.y += 1;
  drawHeading(flow, 'reportSummary.byHour');
  group(doc, 'Table', () => {
    drawRow(flow, columnsOf(flow), null, false);
    rows.forEach((row, i) => {
      const isLastTwo = i === rows.length - 2;
      const wantedMm = isLastTwo ? 2 * ROW_MM + AFTER_MM + followingMm : ROW_MM;
      if (flow.y + wantedMm > flow.bottom) {
        addPage(flow);
        drawHeading(flow, 'reportSummary.byHourOn');
        drawRow(flow, columnsOf(flow), null, false);
      }
      drawRow(flow, columnsOf(flow), row, i === rows.length - 1);
    });
  });
  flow.y += AFTER_MM;
}

function drawHeading(flow: Flow, title: 'reportSummary.byHour' | 'reportSummary.byHourOn'): void {
  const { say, number } = flow.words;
  const { ventricularRunBeats, pauseS } = flow.data.thresholds;
  // Page 1 has them beside its numbers, as open: the sum of a column is both together.
  const hasOpen = flow.data.findings.some(
    ({ kind, state }) => state === 'open' && COUNTED.has(kind),
  );
  const rates = flow.data.hours.map(({ heartRate }) => heartRate);
  const beside = say('reportSummary.hoursHint', {
    over: overBeats(rates, flow.words),
    n: String(ventricularRunBeats),
    s: number(pauseS),
    open: hasOpen ? say('reportSummary.openCounted') : '',
  });
  heading(flow.doc, say(title), MARGIN_MM, flow.y, beside);
  flow.y += 5;
}

function drawRow(flow: Flow, columns: readonly Column[], row: HourRow | null, sum: boolean): void {
  const { doc, width, words } = flow;
  let x = MARGIN_MM;
  group(doc, 'TR', () =>
    columns.forEach(({ head, share, cell }, i) => {
      const columnMm = share * width;
      const isHead = row === null || i === 0;
      content(doc, isHead ? 'TH' : 'TD', () =>
        text(
          doc,
          row === null ? head : i === 0 && sum ? words.say('reportSummary.all') : cell(row),
          x,
          flow.y,
          {
            size: 8,
            bold: sum || (row !== null && i === 0),
            colour: row === null ? COLOUR.muted : COLOUR.ink,
            align: i === 0 ? 'left' : 'right',
            widthMm: columnMm,
          },
        ),
      );
      x += columnMm;
    }),
  );
  const isStrong = row === null;
  rule(
    doc,
    MARGIN_MM,
    flow.y + 3.7,
    width,
    isStrong ? COLOUR.ink : COLOUR.rule,
    isStrong ? 0.3 : 0.15,
  );
  flow.y += ROW_MM + (isStrong ? 0.3 : 0);
}

function columnsOf({ data, options, words }: Flow): Column[] {
  const { say, number } = words;
  const times = timesOf(data, options, words);
  const count = (value: number): string => (value > 0 ? formatCount(value) : NONE);
  const rate = (bpm: number | undefined): string =>
    bpm === undefined ? NONE : String(Math.round(bpm));
  const hour = ({ startS }: HourRow): string => times.minute(startS);
  return [
    { head: say('reportSummary.head_hour'), share: 0.075, cell: hour },
    { head: say('reportSummary.head_beats'), share: 0.085, cell: ({ beats }) => count(beats) },
    {
      head: say('reportSummary.head_mean'),
      share: 0.06,
      cell: ({ heartRate }) => rate(heartRate?.meanBpm),
    },
    {
      head: say('reportSummary.head_min'),
      share: 0.055,
      cell: ({ heartRate }) => rate(heartRate?.lowest.bpm),
    },
    {
      head: say('reportSummary.head_max'),
      share: 0.055,
      cell: ({ heartRate }) => rate(heartRate?.highest.bpm),
    },
    { head: 'V', share: 0.07, cell: ({ ventricularBeats }) => count(ventricularBeats) },
    {
      head: '% V',
      share: 0.06,
      cell: ({ ventricularShare, ventricularBeats }) =>
        ventricularBeats > 0 && ventricularShare !== null
          ? percentText(ventricularShare, words)
          : NONE,
    },
    {
      head: say('reportSummary.head_couplets'),
      share: 0.075,
      cell: ({ ventricularCouplets }) => count(ventricularCouplets),
    },
    {
      head: say('reportSummary.head_runs'),
      share: 0.06,
      cell: ({ ventricularRuns }) => count(ventricularRuns),
    },
    { head: 'S', share: 0.07, cell: ({ supraventricularBeats }) => count(supraventricularBeats) },
    {
      head: say('reportSummary.head_af'),
      share: 0.085,
      // The sum of days has no room for tenths.
      cell: ({ afS }) => (afS > 0 ? `${number(afS / 60, afS < 60_000 ? 1 : 0)} min` : NONE),
    },
    { head: say('reportSummary.head_pauses'), share: 0.065, cell: ({ pauses }) => count(pauses) },
    {
      head: say('reportSummary.head_longestRr'),
      share: 0.09,
      cell: ({ heartRate }) => (heartRate ? `${number(heartRate.longestRr.ms / 1000, 2)} s` : NONE),
    },
    {
      head: say('reportSummary.head_unreadable'),
      share: 0.095,
      cell: ({ unreadableS }) => (unreadableS >= 0.5 ? formatDuration(unreadableS) : NONE),
    },
  ];
}

/** Sums of the rows; the rate is that of the whole recording. */
function sumOf({ hours, heartRate, recording }: ReportData): HourRow {
  const sum = (of: (row: HourRow) => number): number =>
    hours.reduce((total, row) => total + of(row), 0);
  const beats = sum((row) => row.beats);
  const ventricularBeats = sum((row) => row.ventricularBeats);
  return {
    startS: 0,
    endS: recording.durationS,
    analysableS: sum((row) => row.analysableS),
    unreadableS: sum((row) => row.unreadableS),
    heartRate,
    beats,
    ventricularBeats,
    ventricularShare: beats > 0 ? ventricularBeats / beats : null,
    ventricularCouplets: sum((row) => row.ventricularCouplets),
    ventricularRuns: sum((row) => row.ventricularRuns),
    supraventricularBeats: sum((row) => row.supraventricularBeats),
    afS: sum((row) => row.afS),
    pauses: sum((row) => row.pauses),
  };
}
