/** Tables whose times, rates, units or rows are not what most write: read as they mean it, or said. */
import { describe, expect, it } from 'vitest';
import { openBytes, tryOpen, valuesOf } from '../shared/testing/open-bytes';
import { textFormat } from './index';

const wave = (k: number) => Math.round(900 * Math.sin(k / 9)) + (k % 3);
const table = (rows: number, row: (k: number) => string, ...header: readonly string[]) =>
  `${[...header, ...Array.from({ length: rows }, (_, k) => row(k))].join('\n')}\n`;
const messages = (recording: { warnings: readonly { message: string }[] }) =>
  recording.warnings.map(({ message }) => message);

/** 250 rows a second with a lead in uV, under a name of the times. */
const timed = (name: string, time: (k: number) => string, rows = 3000) =>
  table(rows, (k) => `${time(k)},${wave(k)}`, `"${name}",II [uV]`);
const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
const clock = (seconds: number) =>
  `${two(seconds / 60)}:${(seconds % 60).toFixed(3).padStart(6, '0')}`;

describe('times of a table', () => {
  it.each<[string, (k: number) => string]>([
    ['time (min)', (k) => (k / 250 / 60).toFixed(9)],
    ['Zeit [h]', (k) => (k / 250 / 3600).toFixed(11)],
    ['time (d)', (k) => (46_000.5 + k / 250 / 86_400).toFixed(12)],
    ['time (μs)', (k) => String(k * 4000)],
    ['t/s', (k) => (k / 250).toFixed(3)],
    ['Time, msec', (k) => String(k * 4)],
    ['time.s', (k) => (k / 250).toFixed(3)],
    ['time (whole seconds)', (k) => `10:00:${two(k / 250)}`],
    ['date', (k) => `30.11.2026 12:${clock(k / 250)}`],
    ['time of day', (k) => `12:${clock(k / 250 + 59 * 60 + 50)} PM`.replace('12:60:', '1:00:')],
  ])('are read by their unit: %s', async (name, time) => {
    const recording = await openBytes(textFormat, timed(name, time));
    expect(recording.leads).toMatchObject([{ samplingRateHz: 250, samples: 3000, units: 'uV' }]);
    expect([recording.gaps, messages(recording)]).toEqual([[], []]);
  });

  it.each([
    ['time (weeks)', (k: number) => (k / 250).toFixed(3)],
    ['time', (k: number) => (k / 250 / 86_400).toFixed(12)],
  ])('are not taken for seconds where they are not: %s', async (name, time) => {
    expect(await tryOpen(textFormat, timed(name, time))).toMatchObject({
      error: { code: 'needs-option', details: { missing: ['samplingRateHz'] } },
    });
    const stated = await openBytes(textFormat, timed(name, time), { samplingRateHz: 250 });
    expect(messages(stated)).toEqual([expect.stringContaining('column 1')]);
  });

  it('tell the rate to a row where many rows share one', async () => {
    const text = timed('time [s]', (k) => String(Math.floor((k + 77) / 250)), 5000);
    expect((await openBytes(textFormat, text)).leads[0]!.samplingRateHz).toBe(250);
  });

  it('have the day where it can be told, and say where it cannot', async () => {
    const on = (day: string) => timed('date', (k) => `${day} 12:${clock(k / 250)}`);
    expect((await openBytes(textFormat, on('11/30/2026'))).startClock).toBe(
      '2026-11-30T12:00:00.000',
    );
    expect((await openBytes(textFormat, on('30.11.2026'))).startClock).toBe(
      '2026-11-30T12:00:00.000',
    );
    const unsure = await openBytes(textFormat, on('5/2/2026'));
    expect(unsure.startClock).toBe('T12:00:00.000');
    expect(messages(unsure)).toEqual([expect.stringContaining('"5/2/2026"')]);
  });

  it('are followed where another rate is stated, and it is said', async () => {
    const rows = timed('time [s]', (k) => (k / 250).toFixed(3), 900);
    for (const stated of [500, 125]) {
      const recording = await openBytes(textFormat, `# sampling rate: ${stated} Hz\n${rows}`);
      expect(recording.leads).toMatchObject([{ samplingRateHz: 250, samples: 900 }]);
      expect(recording.gaps).toEqual([]);
      expect(messages(recording)).toEqual([expect.stringMatching(`${stated} Hz.*250 Hz`)]);
    }
  });

  it('are not followed where their unit is not known either', async () => {
    const rows = timed('time', (k) => (k / 250 / 20).toFixed(7), 900);
    const recording = await openBytes(textFormat, `# sampling rate: 250 Hz\n${rows}`);
    expect(recording.leads).toMatchObject([{ samplingRateHz: 250, samples: 900 }]);
    expect(messages(recording)).toEqual([expect.stringContaining('column 1')]);
  });
});

describe('rows of a table', () => {
  it('without a time stand where they are, lose nothing and are counted', async () => {
    const time = (k: number) => (k % 500 === 7 ? '' : (k / 250).toFixed(3));
    const recording = await openBytes(textFormat, timed('time [s]', time));
    expect(recording.leads).toMatchObject([{ samplingRateHz: 250, samples: 3000 }]);
    expect(await valuesOf(recording, 0)).toEqual(Array.from({ length: 3000 }, (_, k) => wave(k)));
    expect(messages(recording)).toEqual([expect.stringContaining('6, the first is row 8')]);
  });

  it('hold no infinity', async () => {
    const cell = (k: number) => (k === 700 ? '1e400' : k === 701 ? '-1e999' : wave(k));
    const text = table(3000, (k) => `${(k / 250).toFixed(3)},${cell(k)}`, 'time [s],II [uV]');
    const recording = await openBytes(textFormat, text);
    expect((await valuesOf(recording, 0)).slice(699, 703)).toEqual([
      wave(699),
      NaN,
      NaN,
      wave(702),
    ]);
    const digital = await recording.readDigital(0, 700, 702);
    expect(digital.ok && [...digital.value]).toEqual([-(2 ** 31), -(2 ** 31)]);
  });
});

describe('columns of a table', () => {
  it('that are left out are named', async () => {
    const row = (k: number) => `${(k / 250).toFixed(3)},${wave(k)},${wave(k)},${60 + (k % 9)}`;
    const recording = await openBytes(textFormat, table(3000, row, 'time [s],I [uV],II,HR [bpm]'));
    expect(recording.leads.map(({ name }) => name)).toEqual(['I']);
    expect(messages(recording)).toEqual([expect.stringContaining('3 (II), 4 (HR)')]);
  });

  it('of words beside samples are labels, and no reason to refuse them', async () => {
    const row = (k: number) => `${(k / 250).toFixed(3)},${wave(k)},${k % 200 === 90 ? 'N' : ''}`;
    const recording = await openBytes(textFormat, table(3000, row, 'time [s],I [uV],beat'));
    expect(recording.leads).toMatchObject([{ name: 'I', samples: 3000 }]);
    expect(messages(recording)).toEqual([expect.stringContaining('3 (beat)')]);
  });

  it.each([
    ['time s;I mV;II µV', ['I', 'II']],
    ['t/s;I/mV;II/µV', ['I', 'II']],
    ['time.s;I.mV;Lead II.uV', ['I', 'Lead II']],
    ['time, s;I, mV;II, uV', ['I', 'II']],
    ['time_s;lead_I_mV;lead II (uV)', ['lead_I', 'lead II']],
  ])('have names and units however they are written: %s', async (header, names) => {
    const row = (k: number) => `${(k / 250).toFixed(3)};${wave(k) / 1000};${wave(k)}`;
    const recording = await openBytes(textFormat, table(3000, row, header));
    expect(recording.leads.map(({ name }) => name)).toEqual(names);
    expect(recording.leads.map(({ units }) => units)).toEqual(['mV', 'uV']);
    expect(recording.leads[0]!.samplingRateHz).toBe(250);
  });
});

describe('numbers as they are typeset', () => {
  const grouped = (value: number, space: string) =>
    String(Math.abs(value)).replace(/(\d)(\d{3})$/, `$1${space}$2`);
  const signed = (k: number, minus: string, space: string) =>
    `${wave(k) * 5 < 0 ? minus : ''}${grouped(wave(k) * 5, space)}`;

  it.each([
    ['UTF-8', 'utf8', '\u2212', '\u202f'],
    ['UTF-8 with other spaces', 'utf8', '\u2212', '\u00a0'],
    ['Latin-1', 'latin1', '-', '\u00a0'],
    ['UTF-16', 'utf16le', '\u2212', '\u202f'],
  ] as const)('are read, minus sign and thousands: %s', async (_, encoding, minus, space) => {
    const text = table(300, (k) => `${k * 4};${signed(k, minus, space)}`, 'time [ms];II [uV]');
    const mark = encoding === 'utf16le' ? '\ufeff' : '';
    const recording = await openBytes(textFormat, Buffer.from(mark + text, encoding));
    expect(messages(recording)).toEqual([]);
    expect(await valuesOf(recording, 0)).toEqual(
      Array.from({ length: 300 }, (_, k) => wave(k) * 5),
    );
  });
});
