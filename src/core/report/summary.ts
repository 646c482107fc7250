import {
  formatCount,
  type Finding,
  type FindingKind,
  type HeartRate,
  type ReportFigure,
  worstOf,
} from '../../shared/domain';
import type { Findings } from '../findings/findings';
import { shareText } from './conclusion';
import { lengthText, type ReportTimes } from './report-times';

/** A line of the summary: a number under its name, and what is said beside it. */
export interface SummaryRow {
  readonly name: string;
  readonly value: string;
  readonly note: string;
  /** Events of this kind that nobody has decided, where they are not in the number. */
  readonly open?: number;
  /** The number with open events in it, where that is another. */
  readonly held?: string;
}

export interface SummaryBlock {
  readonly title: string;
  readonly rows: readonly SummaryRow[];
}

/** Page 1 in numbers, in the three columns in which it is printed. */
export type Summary = readonly (readonly SummaryBlock[])[];

const NONE = '–';
const HOUR_S = 3600;

/** @param namesBeats false for a model that names neither beats nor rhythm */
export function summaryOf(found: Findings, times: ReportTimes, namesBeats: boolean): Summary {
  const notJudged: SummaryBlock = {
    title: 'ST, QT, conduction, pacing',
    rows: [{ name: 'not judged', value: '', note: '' }],
  };
  if (!namesBeats) {
    return [
      [flagged(found)],
      [
        {
          title: 'Beats and rhythm',
          rows: [{ name: 'not named by this model', value: '', note: '' }],
        },
      ],
      [notJudged],
    ];
  }
  return [
    [rates(found, times), pauses(found, times)],
    [ventricular(found, times), fibrillation(found)],
    [supraventricular(found, times), variability(found), notJudged],
  ];
}

/** The summary's numbers by name. Open events are in them, as they are in every count of the viewer. */
export function figuresOf(summary: Summary): ReportFigure[] {
  return summary
    .flat()
    .flatMap(({ title, rows }) =>
      rows
        .filter(({ value }) => value !== '')
        .map(({ name, value, held }) => ({ name: `${title}: ${name}`, value: held ?? value })),
    );
}

function rates({ heartRate, counts }: Findings, times: ReportTimes): SummaryBlock {
  const title = 'Rate, bpm; extremes over 8 beats';
  if (!heartRate) return { title, rows: [{ name: 'no beat could be read', value: '', note: '' }] };
  const { meanBpm, lowest, highest, highestNormal } = heartRate;
  const row = (name: string, at: HeartRate['lowest'] | null | undefined): SummaryRow => ({
    name,
    value: at ? String(Math.round(at.bpm)) : NONE,
    note: at ? times.second(at.atS) : '',
  });
  return {
    title,
    rows: [
      {
        name: 'mean',
        value: String(Math.round(meanBpm)),
        note: `${formatCount(counts.beats.total)} beats`,
      },
      row('lowest', lowest),
      row('highest, normal beats', highestNormal),
      row('highest, all beats', highest),
    ],
  };
}

function pauses(found: Findings, times: ReportTimes): SummaryBlock {
  const { pauseS, urgentPauseS } = found.thresholds;
  const all = heldOf(found, 'pause', 'asystole');
  const settled = all.filter(({ state }) => state !== 'open');
  const long = settled.filter(({ durationS }) => durationS >= urgentPauseS).length;
  const longest = worstOf(settled);
  return {
    title: `Pauses, over ${pauseS} s`,
    rows: [
      counted('number', settled, all, long > 0 ? `${long} of ${urgentPauseS} s or more` : ''),
      {
        name: 'longest',
        value: longest ? `${longest.durationS.toFixed(2)} s` : NONE,
        note: longest ? times.second(longest.startS) : '',
      },
    ],
  };
}

function ventricular(found: Findings, times: ReportTimes): SummaryBlock {
  const { ventricularTachycardiaBpm } = found.thresholds;
  return {
    title: 'Ventricular',
    rows: [
      beatsRow(found, 'V'),
      { name: 'single', value: number(heldOf(found, 'ventricular-beat')), note: '' },
      byForm('couplets', heldOf(found, 'ventricular-couplet'), (worst) =>
        worst.rateBpm === null ? '' : `fastest ${Math.round(worst.rateBpm)} bpm`,
      ),
      runs('tachycardia', heldOf(found, 'ventricular-tachycardia'), times),
      runs(`runs, ${ventricularTachycardiaBpm} or slower`, heldOf(found, 'ventricular-run'), times),
      {
        name: 'bigeminy, trigeminy',
        value: `${number(heldOf(found, 'bigeminy'))}, ${number(heldOf(found, 'trigeminy'))}`,
        note: 'episodes',
      },
    ],
  };
}

function supraventricular(found: Findings, times: ReportTimes): SummaryBlock {
  return {
    title: 'Supraventricular',
    rows: [
      beatsRow(found, 'S'),
      { name: 'couplets', value: number(heldOf(found, 'sv-couplet')), note: '' },
      runs('runs', heldOf(found, 'sv-run'), times),
    ],
  };
}

function fibrillation(found: Findings): SummaryBlock {
  const title = 'Atrial fibrillation or flutter';
  const all = heldOf(found, 'af');
  const settled = all.filter(({ state }) => state !== 'open');
  if (all.length === 0 && found.analysableS < found.thresholds.afS) {
    return {
      title,
      rows: [{ name: `not judged, under ${found.thresholds.afS} s`, value: '', note: '' }],
    };
  }
  const sumS = settled.reduce((sum, { durationS }) => sum + durationS, 0);
  const longest = worstOf(settled);
  return {
    title,
    rows: [
      {
        name: 'burden',
        value: sumS > 0 ? shareText(sumS / Math.max(found.analysableS, sumS)) : NONE,
        note: sumS > 0 ? lengthText(sumS) : '',
      },
      counted('episodes', settled, all, longest ? `longest ${lengthText(longest.durationS)}` : ''),
    ],
  };
}

function variability({ hrv }: Findings): SummaryBlock {
  const ms = (value: number | null): string => (value === null ? NONE : `${Math.round(value)} ms`);
  const out = hrv?.leftOut;
  return {
    title: 'Rate variability, N to N',
    rows: [
      {
        name: 'SDNN',
        value: ms(hrv?.sdnnMs ?? null),
        note: hrv ? `${formatCount(hrv.intervals)} intervals` : '',
      },
      {
        name: 'RMSSD',
        value: ms(hrv?.rmssdMs ?? null),
        note: out && out.af > 0 ? 'AF left out' : '',
      },
      {
        name: 'pNN50',
        value: hrv?.pnn50 === null || hrv === null ? NONE : shareText(hrv.pnn50),
        note: '',
      },
    ],
  };
}

/** Of a model that flags segments and names nothing. */
function flagged(found: Findings): SummaryBlock {
  const all = heldOf(found, 'flagged-unclear');
  const settled = all.filter(({ state }) => state !== 'open');
  return { title: 'Flagged', rows: [counted('stretches', settled, all, '')] };
}

function beatsRow({ counts, analysableS }: Findings, letter: 'V' | 'S'): SummaryRow {
  const count = counts.beats[letter];
  const hourly = count / Math.max(1e-9, analysableS / HOUR_S);
  const perHour = analysableS >= HOUR_S ? `, ${formatCount(Math.round(hourly))} an hour` : '';
  return {
    name: 'beats',
    value: count > 0 ? formatCount(count) : NONE,
    note: count > 0 ? `${shareText(count / counts.beats.total)}${perHour}` : '',
  };
}

function runs(name: string, all: readonly Finding[], times: ReportTimes): SummaryRow {
  const settled = all.filter(({ state }) => state !== 'open');
  const worst = worstOf(settled);
  return counted(
    name,
    settled,
    all,
    worst ? `${worst.beats} beats at ${times.minute(worst.startS)}` : '',
  );
}

function byForm(
  name: string,
  all: readonly Finding[],
  noteOf: (worst: Finding) => string,
): SummaryRow {
  const worst = worstOf(all);
  return { name, value: number(all), note: worst ? noteOf(worst) : '' };
}

/** A number of events that are decided one by one: what is open stands beside it. */
function counted(
  name: string,
  settled: readonly Finding[],
  all: readonly Finding[],
  note: string,
): SummaryRow {
  const open = all.length - settled.length;
  const row = { name, value: number(settled), note };
  return open > 0 ? { ...row, open, held: number(all) } : row;
}

const number = (findings: readonly Finding[]): string =>
  findings.length > 0 ? formatCount(findings.length) : NONE;

function heldOf({ findings }: Findings, ...kinds: readonly FindingKind[]): Finding[] {
  return findings.filter(({ kind, state }) => state !== 'rejected' && kinds.includes(kind));
}
