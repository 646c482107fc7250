import type { DeviceMeasurement } from '../open-recording';
import { decodeText } from '../shared/decode-text';

/** What stands for no value, in intervals and in axes. */
const NONE = 29_999;
const NO_AXIS = 999;

const HEADER = 6;
const BLOCK = 16;
/** Bytes of a pacemaker spike and of its information. */
const SPIKE = 10;

/**
 * Global measurements, section 7 (EN 1064:2005, 5.10): the first block is of the reference beat, its points in
 * milliseconds. Durations are differences of these points.
 */
export function globalMeasurements(data: Buffer): readonly DeviceMeasurement[] {
  const word = (at: number): number | null => {
    const value = at + 2 <= data.length ? data.readUInt16LE(at) : NONE;
    return value === NONE ? null : value;
  };
  const between = (from: number, to: number): number | null => {
    const [first, last] = [word(from), word(to)];
    return first === null || last === null || last < first ? null : last - first;
  };
  const axis = (at: number): number | null => {
    const value = at + 2 <= data.length ? data.readInt16LE(at) : NONE;
    return value === NONE || Math.abs(value) >= NO_AXIS ? null : value;
  };
  const blocks = data[0] ?? 0;
  const points = blocks > 0;
  const complexesAt = HEADER + blocks * BLOCK + (data[1] ?? 0) * SPIKE;
  const ratesAt = complexesAt + 2 + (word(complexesAt) ?? 0);
  const found: readonly (readonly [string, number | null, string])[] = [
    ['Ventricular rate', word(ratesAt), 'bpm'],
    ['Atrial rate', word(ratesAt + 2), 'bpm'],
    ['RR interval', word(2), 'ms'],
    ['PP interval', word(4), 'ms'],
    ['P duration', points ? between(6, 8) : null, 'ms'],
    ['PR interval', points ? between(6, 10) : null, 'ms'],
    ['QRS duration', points ? between(10, 12) : null, 'ms'],
    ['QT interval', points ? between(10, 14) : null, 'ms'],
    ['QTc interval', word(ratesAt + 4), 'ms'],
    ['P axis', points ? axis(16) : null, 'deg'],
    ['QRS axis', points ? axis(18) : null, 'deg'],
    ['T axis', points ? axis(20) : null, 'deg'],
  ];
  return found.flatMap(([name, value, units]) =>
    value === null || (value === 0 && units !== 'deg')
      ? []
      : [{ name, value: String(value), units }],
  );
}

/** Statements in words, section 8 (EN 1064:2005, 5.11): after one byte of state and seven of date. */
export function statementsOf(data: Buffer): readonly DeviceMeasurement[] {
  const statements: DeviceMeasurement[] = [];
  let at = 9;
  for (let k = data[8] ?? 0; k > 0 && at + 3 <= data.length; k--) {
    const end = at + 3 + data.readUInt16LE(at + 1);
    const value = decodeText(data.subarray(at + 3, end))
      .split('\0', 1)[0]!
      .trim();
    if (value !== '') statements.push({ name: 'Interpretation', value, units: '' });
    at = end;
  }
  return statements;
}
