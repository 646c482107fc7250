import {
  formatCount,
  pauseLength,
  type Finding,
  type FindingKind,
  type HeartRate,
  type ReportFigure,
  worstOf,
} from '../../shared/domain';
import type { Words } from '../../shared/words';
import type { Findings } from '../findings/findings';
import { overBeats } from '../../shared/domain/rate-words';
import { shareText } from '../../shared/domain/share-text';
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
export function summaryOf(
  found: Findings,
  times: ReportTimes,
  namesBeats: boolean,
  words: Words,
): Summary {
  const { say } = words;
  const only = (title: string, name: string): SummaryBlock => ({
    title,
    rows: [{ name, value: '', note: '' }],
  });
  const notJudged = only(say('reportSummary.notJudgedTitle'), say('reportSummary.notJudged'));
  if (!namesBeats) {
    const unnamed = only(say('reportSummary.beatsAndRhythm'), say('reportSummary.notNamed'));
    return [[flagged(found, words)], [unnamed], [notJudged]];
  }
  if (!found.counts.judged.beats) {
    const why = found.analysableS > 0 ? 'reportSummary.noBeat' : 'reportSummary.nothingRead';
    const unread = only(say('reportSummary.beatsAndRhythm'), say(why));
    return [[unread], [notJudged]];
  }
  return [
    [rates(found, times, words), pauses(found, times, words)],
    [ventricular(found, times, words), fibrillation(found, words)],
    [supraventricular(found, times, words), variability(found, words), notJudged],
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

function rates(
  { heartRate, counts, thresholds }: Findings,
  times: ReportTimes,
  words: Words,
): SummaryBlock {
  const { say } = words;
  const title = say('reportSummary.rates', { over: overBeats(heartRate, words) });
  if (!heartRate)
    return {
      title,
      rows: [
        {
          name: say(counts.beats.total > 0 ? 'reportSummary.noInterval' : 'reportSummary.noBeat'),
          ...{ value: '', note: '' },
        },
      ],
    };
  const { meanBpm, lowest, highest, highestNormal } = heartRate;
  const row = (
    name: string,
    at: HeartRate['lowest'] | null | undefined,
    limit: number,
  ): SummaryRow => ({
    name,
    value: at ? words.numberBeside(at.bpm, 0, [limit]) : NONE,
    note: at ? times.second(at.atS) : '',
  });
  return {
    title,
    rows: [
      {
        name: say('reportSummary.mean'),
        value: String(Math.round(meanBpm)),
        note: say('reportSummary.beatsCount', { count: formatCount(counts.beats.total) }),
      },
      row(say('reportSummary.lowest'), lowest, thresholds.bradycardiaBpm),
      row(say('reportSummary.highestNormal'), highestNormal, thresholds.tachycardiaBpm),
      row(say('reportSummary.highestAll'), highest, thresholds.tachycardiaBpm),
    ],
  };
}

function pauses(found: Findings, times: ReportTimes, words: Words): SummaryBlock {
  const { say } = words;
  const { pauseS, urgentPauseS } = found.thresholds;
  const all = heldOf(found, 'pause', 'asystole');
  const settled = all.filter(({ state }) => state !== 'open');
  const long = settled.filter(({ durationS }) => durationS >= urgentPauseS).length;
  const longest = worstOf(settled);
  const secondsOf = (one: Finding | null): string =>
    one ? pauseLength(one.durationS, found.thresholds, words) : NONE;
  const longText = say('reportSummary.longPauses', {
    n: String(long),
    s: words.number(urgentPauseS),
  });
  return {
    title: say('reportSummary.pauses', { s: words.number(pauseS) }),
    rows: [
      counted(say('reportSummary.number'), settled, all, long > 0 ? longText : ''),
      {
        name: say('reportSummary.longest'),
        value: secondsOf(longest),
        note: longest ? times.second(longest.startS) : '',
        held: secondsOf(worstOf(all)),
      },
    ],
  };
}

function ventricular(found: Findings, times: ReportTimes, words: Words): SummaryBlock {
  const { say } = words;
  const { ventricularTachycardiaBpm } = found.thresholds;
  return {
    title: say('reportSummary.ventricular'),
    rows: [
      beatsRow(found, 'V', words),
      {
        name: say('reportSummary.single'),
        value: number(heldOf(found, 'ventricular-beat')),
        note: '',
      },
      byForm(say('reportSummary.couplets'), heldOf(found, 'ventricular-couplet'), (worst) =>
        worst.rateBpm === null
          ? ''
          : say('reportSummary.fastest', { bpm: String(Math.round(worst.rateBpm)) }),
      ),
      runs(
        say('reportSummary.tachycardia'),
        heldOf(found, 'ventricular-tachycardia'),
        times,
        words,
      ),
      runs(
        say('reportSummary.runsUpTo', { bpm: words.number(ventricularTachycardiaBpm) }),
        heldOf(found, 'ventricular-run'),
        times,
        words,
      ),
      {
        name: say('reportSummary.bigeminyTrigeminy'),
        value: `${number(heldOf(found, 'bigeminy'))}, ${number(heldOf(found, 'trigeminy'))}`,
        note: say('reportSummary.episodes'),
      },
    ],
  };
}

function supraventricular(found: Findings, times: ReportTimes, words: Words): SummaryBlock {
  const { say } = words;
  return {
    title: say('reportSummary.supraventricular'),
    rows: [
      beatsRow(found, 'S', words),
      {
        name: say('reportSummary.couplets'),
        value: number(heldOf(found, 'sv-couplet')),
        note: '',
      },
      runs(say('reportSummary.runs'), heldOf(found, 'sv-run'), times, words),
    ],
  };
}

function fibrillation(found: Findings, words: Words): SummaryBlock {
  const { say } = words;
  const title = say('reportSummary.af');
  const all = heldOf(found, 'af');
  const settled = all.filter(({ state }) => state !== 'open');
  if (!found.counts.judged.af) {
    const name = say('reportSummary.notJudgedUnder', { s: words.number(found.thresholds.afS) });
    return { title, rows: [{ name, value: '', note: '' }] };
  }
  const lengthOf = (episodes: readonly Finding[]): number =>
    episodes.reduce((sum, { durationS }) => sum + durationS, 0);
  const burden = (ofS: number): string =>
    ofS > 0 ? shareText(ofS / Math.max(found.analysableS, ofS), words) : NONE;
  const sumS = lengthOf(settled);
  const longest = worstOf(settled);
  return {
    title,
    rows: [
      {
        name: say('reportSummary.burden'),
        value: burden(sumS),
        note: sumS > 0 ? lengthText(sumS, words) : '',
        held: burden(lengthOf(all)),
      },
      counted(
        say('reportSummary.episodes'),
        settled,
        all,
        longest
          ? say('reportSummary.longestOf', { length: lengthText(longest.durationS, words) })
          : '',
      ),
    ],
  };
}

function variability({ hrv }: Findings, words: Words): SummaryBlock {
  const { say } = words;
  const ms = (value: number | null): string => (value === null ? NONE : `${Math.round(value)} ms`);
  const out = hrv?.leftOut;
  return {
    title: say('reportSummary.variability'),
    rows: [
      {
        name: 'SDNN',
        value: ms(hrv?.sdnnMs ?? null),
        note: hrv ? say('reportSummary.intervals', { count: formatCount(hrv.intervals) }) : '',
      },
      {
        name: 'RMSSD',
        value: ms(hrv?.rmssdMs ?? null),
        note: out && out.af > 0 ? say('reportSummary.afLeftOut') : '',
      },
      {
        name: 'pNN50',
        value: hrv?.pnn50 === null || hrv === null ? NONE : shareText(hrv.pnn50, words),
        note: '',
      },
    ],
  };
}

/** Of a model that flags segments and names nothing. */
function flagged(found: Findings, { say }: Words): SummaryBlock {
  const all = heldOf(found, 'flagged-unclear');
  const settled = all.filter(({ state }) => state !== 'open');
  return {
    title: say('reportSummary.flagged'),
    rows: [counted(say('reportSummary.stretches'), settled, all, '')],
  };
}

function beatsRow({ counts, analysableS }: Findings, letter: 'V' | 'S', words: Words): SummaryRow {
  const count = counts.beats[letter];
  const hourly = count / Math.max(1e-9, analysableS / HOUR_S);
  const perHour =
    analysableS >= HOUR_S
      ? words.say('reportSummary.perHour', { count: formatCount(Math.round(hourly)) })
      : '';
  return {
    name: words.say('reportSummary.beats'),
    value: count > 0 ? formatCount(count) : NONE,
    note: count > 0 ? `${shareText(count / counts.beats.total, words)}${perHour}` : '',
  };
}

function runs(
  name: string,
  all: readonly Finding[],
  times: ReportTimes,
  { say }: Words,
): SummaryRow {
  const settled = all.filter(({ state }) => state !== 'open');
  const worst = worstOf(settled);
  return counted(
    name,
    settled,
    all,
    worst
      ? say('reportSummary.runBeats', {
          n: String(worst.beats),
          at: times.minute(worst.startS),
        })
      : '',
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
