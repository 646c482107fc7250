import {
  BEAT_CLASSES,
  heartRate,
  lowerBound,
  type BeatRows,
  type Finding,
  type FindingKind,
  type HourRow,
  type TimeSpan,
} from '../../shared/domain';
import { secondsIn } from './time-spans';

const HOUR_S = 3600;
const V = BEAT_CLASSES.indexOf('V');
const S = BEAT_CLASSES.indexOf('S');

/**
 * Rows by clock hour, or by elapsed hour where the start is not known. A beat and a finding count where they begin, so
 * that the rows add up; time and rate where they are.
 * @param startClock `YYYY-MM-DDThh:mm:ss.sss` or `Thh:mm:ss`
 * @param findings without the rejected ones
 */
export function hourRows(
  rows: BeatRows,
  durationS: number,
  startClock: string | null,
  { readable, unreadable }: { readable: readonly TimeSpan[]; unreadable: readonly TimeSpan[] },
  findings: readonly Finding[],
): HourRow[] {
  const firstS = HOUR_S - secondsIntoHour(startClock);
  const edges = [0];
  for (let edge = firstS; edge < durationS; edge += HOUR_S) edges.push(edge);
  edges.push(durationS);
  const couplets = startsOf(findings, 'ventricular-couplet');
  const runs = startsOf(findings, 'ventricular-tachycardia', 'ventricular-run');
  const pauses = startsOf(findings, 'pause', 'asystole');
  const af = findings.filter(({ kind }) => kind === 'af');
  return edges.slice(0, -1).map((startS, hour) => {
    const endS = edges[hour + 1]!;
    // What lies at the very end of the recording is in its last hour.
    const untilS = hour === edges.length - 2 ? Infinity : endS;
    const of = (list: Float64Array): number => lowerBound(list, untilS) - lowerBound(list, startS);
    const first = lowerBound(rows.timeS, startS);
    const classes = rows.beatClass.subarray(first, first + of(rows.timeS));
    const ventricularBeats = classes.filter((code) => code === V).length;
    return {
      startS,
      endS,
      analysableS: secondsIn(readable, startS, endS),
      unreadableS: secondsIn(unreadable, startS, endS),
      heartRate: heartRate(rows, startS, endS),
      beats: classes.length,
      ventricularBeats,
      ventricularShare: classes.length > 0 ? ventricularBeats / classes.length : null,
      ventricularCouplets: of(couplets),
      ventricularRuns: of(runs),
      supraventricularBeats: classes.filter((code) => code === S).length,
      afS: secondsIn(af, startS, endS),
      pauses: of(pauses),
    };
  });
}

/** Starts of the findings of some kinds, in time order. */
function startsOf(findings: readonly Finding[], ...kinds: readonly FindingKind[]): Float64Array {
  const wanted = findings.filter(({ kind }) => kinds.includes(kind));
  return Float64Array.from(wanted, ({ startS }) => startS).sort();
}

/** Seconds since the full hour at the start, 0 and more and below 3600; 0 without a clock. */
function secondsIntoHour(startClock: string | null): number {
  const clock = /T\d{2}:(\d{2}):(\d{2}(?:\.\d+)?)/.exec(startClock ?? '');
  return clock ? 60 * Number(clock[1]) + Number(clock[2]) : 0;
}
