import { describe, expect, it } from 'vitest';
import { openBytes, tryOpen, valuesOf } from '../shared/testing/open-bytes';
import { textFormat } from './index';

const rows = (count: number, row: (k: number) => string) =>
  `${Array.from({ length: count }, (_, k) => row(k)).join('\n')}\n`;
const wave = (k: number) => Math.round(400 * Math.sin(k / 9));

describe('an export of Apple Health', () => {
  const head = (...more: readonly string[]) =>
    [
      'Name,Ada Byron',
      'Date of Birth,"Feb 29, 1952"',
      'Recorded Date,2020-02-05 09:14:40 -0400',
      'Classification,Sinus Rhythm',
      'Symptoms,"Rapid, pounding"',
      'Software Version,1.51',
      ...more,
      '',
      'Lead,Lead I',
      'Unit,µV',
      '',
      '',
    ].join('\n');

  it('is read in either notation', async () => {
    const english =
      head('Device,"Watch5,4"', 'Sample Rate,511.719 hertz') + rows(600, (k) => `${wave(k)}.125`);
    const recording = await openBytes(textFormat, english);
    expect(recording.startClock).toBe('2020-02-05T09:14:40.000');
    expect(recording.patient).toMatchObject({ name: 'Ada Byron', birthDate: '1952-02-29' });
    expect(recording.measurements).toEqual([
      { name: 'Classification', value: 'Sinus Rhythm', units: '' },
    ]);
    expect(recording.comments).toEqual([
      'Symptoms: Rapid, pounding',
      'Software Version: 1.51',
      'Device: Watch5,4',
    ]);
    expect(recording.leads).toMatchObject([
      {
        name: 'I',
        leadCode: 1,
        units: 'uV',
        samplingRateHz: 511.719,
        samples: 600,
        gainAduPerUnit: 1000,
      },
    ]);
    const translated =
      head('Taxa,"511,719 hertz"').replace('Lead,Lead I', 'Derivação,Derivação I') +
      rows(600, (k) => `${wave(k)},125`);
    const comma = await openBytes(textFormat, translated);
    expect(comma.leads[0]).toMatchObject({ name: 'I', samplingRateHz: 511.719 });
    expect((await valuesOf(comma, 0))[9]).toBe((await valuesOf(recording, 0))[9]);
  });
});

describe('text of the Polar Sensor Logger', () => {
  it("goes by the sensor's clock and keeps lost time", async () => {
    const at = (k: number) =>
      BigInt(599_636_646_177_065_964n) + BigInt(Math.round(((k < 200 ? k : k + 130) * 1e9) / 130));
    const text = `Phone timestamp;sensor timestamp [ns];timestamp [ms];ecg [uV]\n${rows(400, (k) => `2026-07-16T21:34:${53 + Math.floor(k / 73)}.930;${at(k)};${k};${wave(k)}`)}`;
    const recording = await openBytes(textFormat, text);
    expect(recording.startClock).toBe('2026-07-16T21:34:53.930');
    expect(recording.leads).toMatchObject([
      { name: 'ECG', units: 'uV', samplingRateHz: 130, samples: 530 },
    ]);
    expect(recording.gaps).toEqual([{ startS: 200 / 130, endS: 330 / 130 }]);
  });
});

describe('text of OpenBCI', () => {
  const comments = '%OpenBCI Raw EXG Data\n%Number of channels = 2\n%Sample Rate = 250 Hz\n';
  const header =
    'Sample Index, EXG Channel 0, EXG Channel 1, Accel Channel 0, Timestamp (Formatted)\n';

  it('has its EXG channels in microvolts, and lost packets as gaps', async () => {
    const count = (k: number) => (k < 600 ? k : k + 3) % 256;
    const text =
      comments + header + rows(700, (k) => `${count(k)}, ${wave(k)}.25, -1.5, 0.04, 12:00:53.329`);
    const recording = await openBytes(textFormat, text);
    expect(recording.formatTitle).toBe('OpenBCI text');
    expect(recording.startClock).toBe('T12:00:53.329');
    expect(recording.leads).toMatchObject([
      {
        name: 'EXG Channel 0',
        units: 'uV',
        samplingRateHz: 250,
        samples: 703,
        gainAduPerUnit: 100,
      },
      { name: 'EXG Channel 1' },
    ]);
    expect(recording.gaps).toEqual([{ startS: 2.4, endS: 2.412 }]);
  });

  it('is read without names of columns, as older versions write it', async () => {
    const text =
      comments + rows(300, (k) => `${(2 * k) % 256}, ${wave(k)}, 7, 0, 2021-05-15 12:00:53.329`);
    const recording = await openBytes(textFormat, text);
    expect(recording.leads.map(({ name }) => name)).toEqual(['EXG Channel 0', 'EXG Channel 1']);
    expect([recording.gaps, recording.startClock]).toEqual([[], '2021-05-15T12:00:53.329']);
  });
});

describe('text of OpenSignals', () => {
  const json = (sensor: string) =>
    JSON.stringify({
      '20:16': {
        sensor: ['RAW', sensor],
        column: ['nSeq', 'I1', 'A2', 'A3'],
        label: ['A2', 'A3'],
        resolution: [4, 1, 10, 10],
        'sampling rate': 100,
        date: '2018-5-28',
        time: '16:16:11.455',
        device: 'bitalino_rev',
      },
    });
  const text = (sensor: string) =>
    `# OpenSignals Text File Format\n# ${json(sensor)}\n# EndOfHeader\n${rows(300, (k) => `${k % 16}\t0\t3\t${512 + wave(k)}\t`)}`;

  it('has the ECG in mV by the transfer function of its sensor', async () => {
    const recording = await openBytes(textFormat, text('ECGBIT'));
    expect(recording.startClock).toBe('2018-05-28T16:16:11.455');
    expect(recording.leads).toMatchObject([
      {
        name: 'A3 ECGBIT',
        units: 'mV',
        samplingRateHz: 100,
        baselineAdu: 512,
        adcResolutionBits: 10,
      },
    ]);
    expect((await valuesOf(recording, 0))[7]).toBeCloseTo((wave(7) / 1024) * 3, 12);
    expect(recording.gaps).toEqual([]);
  });

  it.each([[[16]], [[16, 1, 16]], [[4, 16]]])(
    'has the bits of biosignalsplux, of which the file names %j',
    async (resolution) => {
      const device = {
        ...{ sensor: ['ECG'], column: ['nSeq', 'DI', 'CH1'], label: ['CH1'], resolution },
        ...{ 'sampling rate': 1000, device: 'biosignalsplux' },
      };
      const channels = resolution.length === 2 ? ['CH0', 'CH1'] : ['CH1'];
      const two = { ...device, label: channels, sensor: ['RAW', 'ECG'].slice(-channels.length) };
      const header = `# OpenSignals Text File Format\n# ${JSON.stringify({ plux: two })}\n# EndOfHeader\n`;
      const recording = await openBytes(
        textFormat,
        `${header}${rows(300, (k) => `${k}\t0\t${32_768 + wave(k)}\t`)}`,
      );
      expect(recording.leads).toMatchObject([{ units: 'mV', adcResolutionBits: 16 }]);
      expect((await valuesOf(recording, 0))[7]).toBeCloseTo((wave(7) / 65_536) * 3, 12);
    },
  );

  it('asks for the gain of sensors without one', async () => {
    expect(await tryOpen(textFormat, text('EMG'))).toMatchObject({
      error: { code: 'needs-option', details: { missing: ['gainAduPerMv'] } },
    });
    const recording = await openBytes(textFormat, text('EMG'), { gainAduPerMv: 100 });
    expect(recording.leads.map(({ name }) => name)).toEqual(['A2 RAW', 'A3 EMG']);
  });
});

describe("PhysioBank's export", () => {
  it.each([
    ['the interval', "'sample interval'", "'0.00277778 sec'", {}],
    ['again what it counts', "'sample #'", "'sample #'", { samplingRateHz: 360 }],
  ])('has units in its second line, with %s before them', async (_, counts, below, stated) => {
    const head = `${counts},'MLII','V5'\n${below},'mV','mV'\n`;
    const text = head + rows(600, (k) => `${k},${wave(k) / 200},${wave(k + 3) / 200}`);
    const recording = await openBytes(textFormat, text, stated);
    expect(recording.leads).toMatchObject([
      { name: 'MLII', units: 'mV', samplingRateHz: 360 },
      { name: 'V5', units: 'mV', samplingRateHz: 360 },
    ]);
    expect(recording.comments).toEqual([]);
  });
});
