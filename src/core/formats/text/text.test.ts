import { describe, expect, it } from 'vitest';
import { openBytes, tryOpen, valuesOf, writeFiles } from '../shared/testing/open-bytes';
import path from 'node:path';
import { textFormat } from './index';

/** A wave that neighbours are alike in, in whole numbers. */
const wave = (k: number) => Math.round(900 * Math.sin(k / 9)) + (k % 3);
const table = (rows: number, row: (k: number) => string, ...header: readonly string[]) =>
  `${[...header, ...Array.from({ length: rows }, (_, k) => row(k))].join('\n')}\n`;
const recognised = (text: string | Buffer) => {
  const bytes = Buffer.from(text);
  return textFormat.recognises({
    fileName: 'x',
    sizeBytes: bytes.length,
    bytes: bytes.subarray(0, 65_536),
  });
};
const stated = { samplingRateHz: 250, gainAduPerMv: 1000 };

describe('integers of a table of values', () => {
  it('keep the decimals of values that a person says are mV', async () => {
    const text = table(600, (k) => (wave(k) / 1000).toFixed(3));
    const recording = await openBytes(textFormat, text, { samplingRateHz: 250, gainAduPerMv: 1 });
    const digital = await recording.readDigital(0, 3, 5);
    expect(digital.ok && [...digital.value]).toEqual([wave(3), wave(4)]);
  });

  it('are fine enough for a lead that begins with zeros', async () => {
    const value = (k: number) => (k < 3000 ? 0 : wave(k) / 10_000);
    const text = table(
      4000,
      (k) => `${k / 500},${value(k)},${wave(k) / 1000}`,
      'time (s),II (mV),V1 (mV)',
    );
    const recording = await openBytes(textFormat, text);
    const digital = await recording.readDigital(0, 3999, 4000);
    expect(digital.ok && digital.value[0]! / recording.leads[0]!.gainAduPerUnit).toBe(value(3999));
  });

  it('end where 32 bits end, and never begin again from below', async () => {
    const value = (k: number) => (k === 700 ? 9e9 : k === 701 ? -9e9 : wave(k) / 1e6);
    const text = table(5000, (k) => `${k / 500},${value(k)}`, 'time (s),II (mV)');
    const recording = await openBytes(textFormat, text);
    const digital = await recording.readDigital(0, 700, 702);
    expect(digital.ok && [...digital.value]).toEqual([2 ** 31 - 1, -(2 ** 31) + 1]);
  });
});

describe('a table of any encoding', () => {
  const value = (k: number) => (wave(k) / 1000).toFixed(3).replace('.', ',');
  const german = table(
    9000,
    (k) => `${(k / 250).toFixed(3).replace('.', ',')};${value(k)}`,
    'Zeit (s);Müller (µV)',
  );
  const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16();

  it.each([
    ['UTF-16 with a mark', Buffer.from(`\ufeff${german}`, 'utf16le')],
    ['UTF-16, big-endian', swapped(Buffer.from(`\ufeff${german}`, 'utf16le'))],
    ['UTF-16 without a mark', Buffer.from(german, 'utf16le')],
    ['UTF-16 with returns', Buffer.from(german.replaceAll('\n', '\r\n'), 'utf16le')],
    ['returns alone', Buffer.from(german.replaceAll('\n', '\r'))],
    ['Latin-1', Buffer.from(german, 'latin1')],
    ['bars between its cells', Buffer.from(german.replaceAll(';', '|'))],
  ])('reads as others do: %s', async (_, bytes) => {
    expect(recognised(bytes)).toBe(true);
    const recording = await openBytes(textFormat, bytes);
    expect(recording.leads).toMatchObject([
      { name: 'Müller', units: 'uV', samplingRateHz: 250, samples: 9000 },
    ]);
    const values = await valuesOf(recording, 0);
    expect([values[0], values[8191], values[8999]]).toEqual(
      [0, 8191, 8999].map((k) => wave(k) / 1000),
    );
  });
});

describe('a table with times', () => {
  it('has the rate that its times tell, whatever they are rounded to', async () => {
    const time = (k: number) => (k / 360).toFixed(3);
    const recording = await openBytes(
      textFormat,
      table(400, (k) => `${time(k)},${wave(k) / 1000}`, 'time,mV'),
    );
    expect(recording.leads).toMatchObject([
      { name: 'mV', units: 'mV', samplingRateHz: 360, samples: 400, gainAduPerUnit: 1000 },
    ]);
    expect(await valuesOf(recording, 0)).toEqual(
      Array.from({ length: 400 }, (_, k) => wave(k) / 1000),
    );
    const digital = await recording.readDigital(0, 3, 5);
    expect(digital.ok && [...digital.value]).toEqual([wave(3), wave(4)]);
  });

  it.each(['time_ms', 'Timestamp ms', 'timeMs', 'elapsed_ms'])(
    'in milliseconds by the name %s',
    async (name) => {
      const text = table(400, (k) => `${4 * k},${wave(k)}`, `${name},ecg_uV`);
      expect((await openBytes(textFormat, text)).leads).toMatchObject([
        { units: 'uV', samplingRateHz: 250 },
      ]);
    },
  );

  it.each<[string, string, (k: number) => string, Partial<Record<string, unknown>>]>([
    [
      'semicolons and decimal commas',
      'Zeit [s];I [mV];II [mV]',
      (k) =>
        `${(k / 500).toFixed(3).replace('.', ',')};${(wave(k) / 1000).toFixed(3).replace('.', ',')};0,001`,
      { name: 'I', samplingRateHz: 500 },
    ],
    [
      'tabs, and units in a line of their own',
      '       time\t   MLII\n      (sec)\t   (mV)',
      (k) => `     ${(k / 128).toFixed(3)}\t  ${(wave(k) / 1000).toFixed(3)}`,
      { name: 'MLII', samplingRateHz: 128 },
    ],
    [
      'quoted times of day',
      "'Elapsed time','V5'\n'hh:mm:ss.mmm','mV'",
      (k) =>
        `'0:0${Math.floor(k / 360 / 60)}:${((k / 360) % 60).toFixed(3).padStart(6, '0')}',${wave(k) / 1000}`,
      { name: 'V5', samplingRateHz: 360 },
    ],
    [
      'quoted numbers with decimal commas',
      '"time [ms]","ecg [uV]"',
      (k) => `"${k * 4},0","${wave(k)},5"`,
      { name: 'ecg', units: 'uV', samplingRateHz: 250 },
    ],
    [
      'milliseconds since 1970',
      'timestamp,ecg_mV',
      (k) => `${1_700_000_000_000 + k * 8},${wave(k) / 1000}`,
      { name: 'ecg', samplingRateHz: 125 },
    ],
    [
      'dates',
      'datetime,V1 (mV)',
      (k) => `2024-02-29 23:59:${(58 + k / 200).toFixed(3)},${wave(k) / 1000}`,
      { name: 'V1', samplingRateHz: 200 },
    ],
    [
      'white space',
      'time II(mV)',
      (k) => `  ${(k / 250).toFixed(3)}   ${wave(k)}e-3`,
      { name: 'II', samplingRateHz: 250 },
    ],
  ])('is read with %s', async (_, header, row, lead) => {
    const recording = await openBytes(textFormat, table(300, row, header));
    expect(recording.leads[0]).toMatchObject({ units: 'mV', samples: 300, ...lead });
    const values = await valuesOf(recording, 0);
    const scale = values[0]! < 1 && values[0]! > -1 && lead['units'] !== 'uV' ? 1000 : 1;
    expect(Math.round(values[7]! * scale - (lead['units'] === 'uV' ? 0.5 : 0))).toBe(wave(7));
  });

  it('keeps time that its clock shows as lost', async () => {
    const time = (k: number) => (k + (k >= 120 ? 50 : 0) + (k >= 200 ? 2 : 0)) / 250;
    const text = table(300, (k) => `${time(k).toFixed(3)},${wave(k)}`, 'time [s],II [uV]');
    const recording = await openBytes(textFormat, text);
    expect(recording.leads[0]).toMatchObject({ samplingRateHz: 250, samples: 352 });
    expect(recording.gaps).toEqual([
      { startS: 120 / 250, endS: 170 / 250 },
      { startS: 250 / 250, endS: 252 / 250 },
    ]);
    const values = await valuesOf(recording, 0);
    expect([values[119], values[120], values[169], values[170]]).toEqual([
      wave(119),
      NaN,
      NaN,
      wave(120),
    ]);
  });

  it('does not take rounding for loss, nor midnight for a jump', async () => {
    // Hundredths of a second at 250 Hz: 0.00 0.00 0.01 0.01 0.02.
    const coarse = table(500, (k) => `${(k / 250).toFixed(2)},${wave(k)}`, 'time [s],II [uV]');
    const recording = await openBytes(textFormat, coarse);
    expect([recording.gaps, recording.leads[0]!.samplingRateHz]).toEqual([[], 250]);
    const clock = (k: number) => {
      const seconds = (86_399 + k / 100) % 86_400;
      const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
      return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${(seconds % 60).toFixed(2).padStart(5, '0')}`;
    };
    const night = await openBytes(
      textFormat,
      table(300, (k) => `${clock(k)};${wave(k)}`, 'time;II [uV]'),
    );
    expect([night.gaps, night.leads[0]!.samplingRateHz]).toEqual([[], 100]);
  });

  it('is read in windows over blocks of rows, with empty cells missing', async () => {
    const cell = (k: number) => (k % 1000 === 7 ? '' : wave(k));
    const text = table(
      9000,
      (k) => `${(k / 250).toFixed(3)},${cell(k)},${-wave(k)}`,
      'time [s],I [uV],II [uV]',
    );
    const recording = await openBytes(textFormat, text.replaceAll('\n', '\r\n').trimEnd());
    expect(recording.leads[0]!.samples).toBe(9000);
    for (const start of [0, 4090, 8190, 8999]) {
      const read = await recording.readPhysical(1, start, start + 10);
      const wanted = Array.from(
        { length: Math.min(10, 9000 - start) },
        (_, k) => -wave(start + k) + 0,
      );
      expect(read.ok && [...read.value].map((value) => value + 0)).toEqual(wanted);
    }
    const read = await recording.readPhysical(0, 1005, 1010);
    expect(read.ok && [...read.value]).toEqual([
      wave(1005),
      wave(1006),
      NaN,
      wave(1008),
      wave(1009),
    ]);
  });
});

describe('a table without times', () => {
  it.each([
    [
      'a count and leads',
      table(300, (k) => `${k},${wave(k)},${-wave(k)}`, "'sample #','MLII','V1'"),
      ['MLII', 'V1'],
    ],
    [
      'a lead without its electrode',
      table(600, (k) => `${wave(k)},${-wave(k)},0`),
      ['column 1', 'column 2', 'column 3'],
    ],
    ['a count without a header', table(300, (k) => `${k}\t${wave(k)}`), ['column 2']],
    ['leads by name', table(300, (k) => `${wave(k)},${-wave(k)}`, 'I,aVR'), ['I', 'aVR']],
    ['one column of numbers', table(600, (k) => String(wave(k))), ['column 1']],
    [
      'one column with decimal commas',
      table(600, (k) => (wave(k) / 1000).toFixed(3).replace('.', ',')),
      ['column 1'],
    ],
  ])('of %s asks for rate and gain', async (_, text, names) => {
    expect(await tryOpen(textFormat, text)).toMatchObject({
      error: { code: 'needs-option', details: { missing: ['samplingRateHz', 'gainAduPerMv'] } },
    });
    const recording = await openBytes(textFormat, text, stated);
    expect(recording.leads.map(({ name }) => name)).toEqual(names);
    const hasDecimals = text.includes(',') && names.length === 1;
    expect(recording.leads[0]).toMatchObject({
      units: 'mV',
      samplingRateHz: 250,
      gainAduPerUnit: hasDecimals ? 1e6 : 1000,
    });
    const values = await valuesOf(recording, 0);
    expect(Math.abs(values[5]!)).toBeCloseTo(Math.abs(wave(5)) / (hasDecimals ? 1e6 : 1000), 9);
  });

  it('takes the rate from the lines before it, and lost rows from the count', async () => {
    const text = table(
      300,
      (k) => `${k < 100 ? k : k + 5},${wave(k)}`,
      '# Sampling rate: 0.5 kHz',
      'sample,ECG [mV]',
    );
    const recording = await openBytes(textFormat, text);
    expect(recording.leads[0]).toMatchObject({ samplingRateHz: 500, samples: 305 });
    expect(recording.gaps).toEqual([{ startS: 0.2, endS: 0.21 }]);
  });

  it('has what rdann printed beside it as annotations', async () => {
    const folder = await writeFiles({
      '100.csv': table(300, (k) => `${k},${wave(k)}`, 'sample,MLII'),
      '100annotations.txt':
        '      Time   Sample #  Type  Sub Chan  Num\tAux\n    0:00.050       18     +    0    0    0\t(N\n    0:00.214       77     N    0    0    0\n',
    });
    const opened = await textFormat.open(path.join(folder, '100.csv'), stated);
    if (!opened.ok) throw new Error(opened.error.message);
    expect(await opened.value.annotators()).toEqual(['annotations']);
    expect(await opened.value.annotations('annotations')).toMatchObject({
      value: { timeS: Float64Array.of(0.072, 0.308), symbol: ['+', 'N'], aux: ['(N', ''] },
    });
    await opened.value.close();
  });
});

describe('what is no table of samples', () => {
  it.each([
    ['prose', 'Reference material.\n\n'.repeat(200)],
    ['a list of records', table(300, (k) => String(100 + k))],
    ['labels', table(300, (k) => `A${k},N`)],
    ['labels as numbers', table(300, (k) => `${k % 2},${(k + 1) % 2}`)],
    [
      'people',
      table(300, (k) => `${k},${20 + (k % 60)},M,"sinus, normal"`, 'ecg_id,age,sex,report'),
    ],
    ['people in numbers', table(300, (k) => `${k},${20 + (k % 60)},${k % 2}`, 'ecg_id,age,sex')],
    [
      'segments every 5 s',
      table(300, (k) => `${5 * k},${5 * k + 10},0.${k}`, 'start_s,end_s,probability'),
    ],
    [
      'beats with RR',
      table(
        300,
        (k) => `${(k * 0.83 + (k % 7) / 50).toFixed(3)},${800 + (k % 7)},N`,
        'time_s,rr_ms,class',
      ),
    ],
    [
      'intervals',
      table(300, (k) => `${(k * 0.83 + (k % 7) / 50).toFixed(3)},${800 + (k % 7)}`, 'time_s,rr_ms'),
    ],
    ['heart rate every second', table(300, (k) => `${k},${60 + (k % 5)}`, 'time,hr')],
    ['noise', table(600, (k) => String((k * 7919) % 1009))],
    ['a short table', table(30, (k) => `${k / 250},${wave(k)}`, 'time [s],I [mV]')],
    ['JSON', JSON.stringify({ a: Array.from({ length: 500 }, (_, k) => k) }, null, 1)],
    ['XML', `<a>${table(300, (k) => `${wave(k)}`)}</a>`],
    ['nothing', ''],
  ])('is not taken for one: %s', (_, text) => {
    expect(recognised(text)).toBe(false);
  });

  it('is not taken for one: pictures and sounds', () => {
    const bytes = Buffer.from(table(300, (k) => `${k},${wave(k)}`, 'sample,MLII'));
    expect(recognised(bytes)).toBe(true);
    expect(recognised(Buffer.concat([Buffer.from('RIFF\x04\0\0\0WAVE'), bytes]))).toBe(false);
    expect(recognised(Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), bytes]))).toBe(
      false,
    );
  });
});

describe('tables that cannot be', () => {
  it('are refused in words: years between rows, and times that are not regular', async () => {
    const row = (k: number) => `${k < 299 ? k / 250 : 1e9},${wave(k)}`;
    const far = await tryOpen(textFormat, table(300, row, 'time [s],I [uV]'));
    expect(!far.ok && far.error.message).toBe(
      'r.x: row 300 lies more than 400 days after the first by column 1.',
    );
    const torn = (k: number) => `${(k < 2000 ? k : 10 * k) / 250},${wave(k)}`;
    const holes = await tryOpen(textFormat, table(11_000, torn, 'time [s],I [uV]'));
    expect(!holes.ok && holes.error.message).toBe(
      'r.x: its rows are not regular in time by column 1.',
    );
  });

  it('are refused where rows run backwards, also with a stated rate: by time, date and count', async () => {
    const stated = { samplingRateHz: 250, gainAduPerMv: 200 };
    const clock = (k: number) => `2024-05-01 10:00:${((1000 - k) / 250 + 10).toFixed(3)}`;
    for (const [header, first] of [
      ['time [s],I [uV]', (k: number) => String((1000 - k) / 250)],
      ['date,I [uV]', clock],
      ['sample,I [uV]', (k: number) => String(1000 - k)],
    ] as const) {
      const rows = table(1000, (k) => `${first(k)},${wave(k)}`, header);
      const opened = await tryOpen(textFormat, rows, stated);
      expect(!opened.ok && opened.error.message).toBe(
        'r.x: its rows run backwards in time by column 1.',
      );
    }
  });

  it('say so where their times tell no rate and one was stated', async () => {
    const row = (k: number) => `${4 * k},${wave(k)}`;
    const opened = await tryOpen(textFormat, table(1000, row, 'time,I [uV]'), {
      samplingRateHz: 250,
    });
    expect(opened.ok && opened.value.warnings.map(({ code }) => code)).toEqual(['times-not-used']);
    const counted = await tryOpen(
      textFormat,
      table(1000, (k) => `${k},${wave(k)}`, 'n,I [uV]'),
      {
        samplingRateHz: 250,
      },
    );
    expect(counted.ok && counted.value.warnings).toEqual([]);
  });

  it('say where the times go back, as in two exports put together', async () => {
    const row = (k: number) => `${(k % 700) / 250},${wave(k)}`;
    const opened = await tryOpen(textFormat, table(2000, row, 'time [s],I [uV]'));
    expect(opened.ok && opened.value.warnings.map(({ message }) => message)).toEqual([
      expect.stringContaining('go back at row 701 of the samples (such rows in all: 2)'),
    ]);
    expect(opened.ok && opened.value.leads[0]!.samples).toBe(2000);
  });
});
