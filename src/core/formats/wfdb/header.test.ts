import { describe, expect, it } from 'vitest';
import { parseHeader, type Header } from './header';

function header(text: string): Header {
  const parsed = parseHeader(new TextEncoder().encode(text), 'x.hea');
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

function failure(text: string): string {
  const parsed = parseHeader(new TextEncoder().encode(text), 'x.hea');
  return parsed.ok ? 'read without an error' : `${parsed.error.code}: ${parsed.error.message}`;
}

describe('record line', () => {
  it('reads every field', () => {
    const parsed = header('r_1 1 360/720.5(12) 650000 12:30:05.5 09/03/1994\nr.dat 212\n');
    expect(parsed).toMatchObject({
      name: 'r_1',
      frameRateHz: 360,
      counterRateHz: 720.5,
      baseCounter: 12,
      frames: 650000,
      startClock: '1994-03-09T12:30:05.500',
    });
  });

  it('uses the defaults of header(5)', () => {
    expect(header('r 1\nr.dat 16')).toMatchObject({
      frameRateHz: 250,
      frames: null,
      startClock: null,
    });
    expect(header('r 1 360 0\nr.dat 16').frames).toBeNull();
  });

  it.each([
    ['31:25.894', 'T00:31:25.894'],
    ['7', 'T00:00:07.000'],
    ['8:26:04', 'T08:26:04.000'],
  ])('reads base time %s', (time, clock) => {
    expect(header(`r 1 360 1 ${time}\nr.dat 16`).startClock).toBe(clock);
  });

  it.each(['25:00:00', '12:61:00', 'noon'])('warns of base time %s', (time) => {
    const parsed = header(`r 1 360 1 ${time}\nr.dat 16`);
    expect(parsed.startClock).toBeNull();
    expect(parsed.warnings.map((warning) => warning.code)).toEqual(['bad-clock']);
  });

  it('keeps the time where the date makes no sense', () => {
    expect(header('r 1 360 1 1:02:03 31/02/2001\nr.dat 16').startClock).toBe('T01:02:03.000');
  });
});

describe('signal line', () => {
  it('reads every field', () => {
    const [signal] = header(
      'r 1 360 9\nr.dat 16x4:3+24 -19.5(3064)/degC 11 2048 2461 -27731 512 Skin temperature',
    ).signals;
    expect(signal).toEqual({
      index: 0,
      fileName: 'r.dat',
      format: 16,
      samplesPerFrame: 4,
      skewFrames: 3,
      byteOffset: 24,
      gainAduPerUnit: -19.5,
      gainAssumed: false,
      baselineAdu: 3064,
      units: 'degC',
      adcResolutionBits: 11,
      adcZeroAdu: 2048,
      initialValueAdu: 2461,
      checksum: -27731,
      blockSizeBytes: 512,
      description: 'Skin temperature',
    });
  });

  it('uses the defaults of header(5)', () => {
    const [first, second, third] = header(
      'r 3\nr.dat 212\nr.dat 212 0 12 1024\nr.dat 212 1.052e+04/uV',
    ).signals;
    expect(first).toMatchObject({
      gainAduPerUnit: 200,
      gainAssumed: true,
      units: 'mV',
      baselineAdu: 0,
      checksum: null,
    });
    expect(second).toMatchObject({ gainAssumed: true, baselineAdu: 1024, initialValueAdu: 1024 });
    expect(third).toMatchObject({ gainAduPerUnit: 10520, gainAssumed: false, units: 'uV' });
  });
});

describe('text', () => {
  it('reads CRLF, blank lines, comments anywhere and Latin-1', () => {
    const text =
      '# made by hand\r\n\r\nr 1 360 9\r\n# 69 M\r\nr.dat 16 200/\xb5V 12 0 0 0 0 II\r\n\r\n#last';
    const parsed = parseHeader(Buffer.from(text, 'latin1'), 'x.hea');
    if (!parsed.ok) throw new Error(parsed.error.message);
    expect(parsed.value.comments).toEqual(['made by hand', '69 M', 'last']);
    expect(parsed.value.signals[0]).toMatchObject({ units: 'µV', description: 'II' });
  });

  it('reads segments', () => {
    const parsed = header('r/3 2 125 3000\nr_layout 0\n~ 1000\nr_1 2000');
    expect(parsed.segments).toEqual([
      { name: 'r_layout', frames: 0 },
      { name: '~', frames: 1000 },
      { name: 'r_1', frames: 2000 },
    ]);
  });

  it('warns of lines that are left over', () => {
    expect(header('r 1\nr.dat 16\nr.dat 16').warnings.map((warning) => warning.code)).toEqual([
      'extra-lines',
    ]);
  });
});

describe('what cannot be read names file and field', () => {
  it.each([
    ['', /^not-wfdb: x\.hea is empty/],
    ['\x89PNG\0\0', /^not-wfdb/],
    ['just some prose', /^not-wfdb/],
    ['r 10000 360 5\n', /^too-large: x\.hea: number of signals 10000/],
    ['r/999999999 1 360\n', /^too-large: x\.hea: number of segments/],
    ['r 1 0 5\nr.dat 16', /^bad-header: x\.hea: sampling frequency "0"/],
    ['r 1 -360 5\nr.dat 16', /^bad-header: x\.hea: sampling frequency/],
    ['r 1 nan 5\nr.dat 16', /^bad-header: x\.hea: sampling frequency/],
    ['r 1 1e12 5\nr.dat 16', /^too-large: x\.hea: sampling frequency/],
    ['r 1 360 99999999999999\nr.dat 16', /^too-large: x\.hea: number of samples/],
    ['r 1 360 many\nr.dat 16', /^bad-header: x\.hea: number of samples "many"/],
    ['r 2 360 5\nr.dat 16', /^bad-header: x\.hea declares 2 signals but has 1/],
    ['r 1 360 5\nr.dat', /^bad-header: x\.hea, signal 0: format/],
    ['r 1 360 5\nr.dat 17', /^unsupported: x\.hea, signal 0: signal format 17/],
    ['r 1 360 5\nr.dat 16x99999999', /^too-large: x\.hea, signal 0/],
    ['r 1 360 5\nr.dat 16 nan/mV', /^bad-header: x\.hea, signal 0: gain "nan\/mV"/],
    ['r 1 360 5\nr.dat 16 1e999/mV', /^bad-header: x\.hea, signal 0: gain/],
    ['r 1 360 5\nr.dat 16 200(x)/mV', /^bad-header: x\.hea, signal 0: baseline/],
    ['r 1 360 5\nr.dat 16 200 eleven', /^bad-header: x\.hea, signal 0: ADC resolution "eleven"/],
    ['r/1 1 360\nr_1', /^bad-header: x\.hea, segment 0/],
  ])('%j', (text, message) => {
    expect(failure(text)).toMatch(message);
  });
});
