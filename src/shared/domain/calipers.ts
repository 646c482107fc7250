import { qtcBazettMs, qtcFridericiaMs } from './intervals';
import type { Words } from '../words';
import type { CaliperMark } from './measurements';

/** What two edges say of each other; null where a kind does not say it or it cannot be known. */
export interface CaliperMeasures {
  readonly durationMs: number;
  /** Of an interval from beat to beat: RR and march-out. */
  readonly rateBpm: number | null;
  readonly qtcBazettMs: number | null;
  readonly qtcFridericiaMs: number | null;
  /** From the first edge to the second, mV. */
  readonly stepMv: number | null;
  /** 60 and 80 ms after J, against the level at the first edge, mV. */
  readonly st60Mv: number | null;
  readonly st80Mv: number | null;
}

/** Measures of a mark. QTc after Bazett and Fridericia (`intervals.ts`), from the RR interval that the mark names. */
export function caliperMeasures(mark: CaliperMark): CaliperMeasures {
  const { kind, startS, endS, startMv, endMv, rrMs, j60Mv = null, j80Mv = null } = mark;
  const durationMs = (endS - startS) * 1000;
  const isRate = (kind === 'RR' || kind === 'march-out') && durationMs > 0;
  const isCorrected = kind === 'QT' && rrMs !== null;
  const from = (level: number | null): number | null =>
    startMv === null || level === null ? null : level - startMv;
  return {
    durationMs,
    rateBpm: isRate ? 60_000 / durationMs : null,
    qtcBazettMs: isCorrected ? qtcBazettMs(durationMs, rrMs) : null,
    qtcFridericiaMs: isCorrected ? qtcFridericiaMs(durationMs, rrMs) : null,
    stepMv: from(endMv),
    st60Mv: kind === 'ST' ? from(j60Mv) : null,
    st80Mv: kind === 'ST' ? from(j80Mv) : null,
  };
}

/** A difference of voltages with its sign and its unit, as `−0.12 mV`. */
export function mvText(value: number, words: Words): string {
  const text = words.number(value, 2);
  return words.say('marks.mv', { value: value >= 0.005 ? `+${text}` : text });
}

/** What a mark measured, the first thing first; every number with its unit. */
export function caliperValues(mark: CaliperMark, words: Words): string[] {
  const found = caliperMeasures(mark);
  const whole = (value: number): string => words.number(value, 0);
  const ms = (value: number): string => words.say('marks.ms', { value: whole(value) });
  const level = (value: number | null): string =>
    value === null ? words.say('marks.notRead') : mvText(value, words);
  switch (mark.kind) {
    case 'RR':
    case 'march-out':
      return [
        ms(found.durationMs),
        // A mark of no length has no rate.
        ...(found.rateBpm === null
          ? []
          : [words.say('marks.bpm', { value: whole(found.rateBpm) })]),
      ];
    case 'QT': {
      const { qtcFridericiaMs, qtcBazettMs } = found;
      if (qtcFridericiaMs === null || qtcBazettMs === null) return [ms(found.durationMs)];
      return [
        ms(found.durationMs),
        words.say('marks.qtcF', { value: whole(qtcFridericiaMs) }),
        words.say('marks.qtcB', { value: whole(qtcBazettMs) }),
        words.say('marks.rr', { value: whole(mark.rrMs!) }),
      ];
    }
    case 'ST':
      return [
        words.say('marks.j60', { value: level(found.st60Mv) }),
        words.say('marks.j80', { value: level(found.st80Mv) }),
      ];
    case 'interval':
      return [
        ms(found.durationMs),
        ...(found.stepMv === null ? [] : [mvText(found.stepMv, words)]),
      ];
    default:
      return [ms(found.durationMs)];
  }
}

/** How a kind is called. */
export function caliperName({ kind }: Pick<CaliperMark, 'kind'>, words: Words): string {
  if (kind === 'interval') return words.say('marks.interval');
  return kind === 'march-out' ? words.say('marks.marchOut') : kind;
}

/** On paper beside the mark, as `QT 388 ms, QTcF 422 ms`; an interval is what its value says. */
export function caliperLabel(mark: CaliperMark, words: Words): string {
  const values = caliperValues(mark, words).slice(0, 2).join(', ');
  return mark.kind === 'interval' ? values : `${caliperName(mark, words)} ${values}`;
}
