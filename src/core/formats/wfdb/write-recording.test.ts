import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeEdf, tals, type MadeEdf } from '../edf/testing/encode-edf';
import { openRecording } from '../list';
import { MISSING_ADU, type OpenRecording } from '../open-recording';
import { writeWfdb } from './write-recording';
import { valueOf } from '../../../shared/domain/testing/value-of';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'fiducial-write-wfdb-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** Writes a made EDF as WFDB and opens both. */
async function converted(made: MadeEdf, name = 'x'): Promise<[OpenRecording, OpenRecording]> {
  const file = path.join(dir, 'source.edf');
  await writeFile(file, encodeEdf(made));
  const source = valueOf(await openRecording(file));
  const folder = path.join(dir, 'out');
  const written = valueOf(await writeWfdb(source, { folder, name, overwrite: false }));
  expect(written.files.at(-1)).toBe(path.join(folder, `${name}.hea`));
  return [source, valueOf(await openRecording(path.join(folder, `${name}.hea`)))];
}

const all = async (recording: OpenRecording, lead: number) => [
  ...valueOf(await recording.readDigital(lead, 0, recording.leads[lead]!.samples)),
];

const ecg = { label: 'ECG II', limits: ['-5', '5', '-1000', '1000'] as const, units: 'mV' };

describe('a recording written as WFDB', () => {
  it('keeps the integers, gain, baseline, rate and start of each lead', async () => {
    const [source, copy] = await converted({
      reserved: 'EDF+C',
      patient: 'X F 02-MAY-1951 X',
      signals: [
        { ...ecg, records: [[1, -2, 3], [4, 5, -32767]] },
        { label: 'slow', units: 'uV', limits: ['-50', '150', '-100', '100'], records: [[7], [8]] },
        { label: 'temp', units: 'Deg C', limits: ['0', '50', '0', '100'], records: [[7], [8]] },
        { label: 'EDF Annotations', records: [tals('+0.5'), tals('+1.5')] },
      ],
    }); // oxfmt-ignore
    expect(copy.startClock).toBe(source.startClock);
    expect(copy.patient).toMatchObject({ ageYears: 33, sex: 'F' });
    expect(copy.leads).toMatchObject([
      { name: 'ECG II', units: 'mV', samplingRateHz: 3, gainAduPerUnit: 200, baselineAdu: 0 },
      { name: 'slow', units: 'mV', samplingRateHz: 1, gainAduPerUnit: 1000, baselineAdu: -50 },
      { name: 'temp', units: 'Deg_C', samplingRateHz: 1, gainAduPerUnit: 2, baselineAdu: 0 },
    ]);
    for (const lead of [0, 1, 2]) expect(await all(copy, lead)).toEqual(await all(source, lead));
    expect(valueOf(await copy.verify())).toEqual([]);
    await source.close();
    await copy.close();
  });

  it('is not written where nobody could read it: a rate of 500 MHz', async () => {
    const file = path.join(dir, 'fast.edf');
    await writeFile(
      file,
      encodeEdf({
        duration: '0.000001',
        signals: [{ ...ecg, records: [Array.from({ length: 500 }, () => 1)] }],
      }),
    );
    const source = valueOf(await openRecording(file));
    const target = { folder: path.join(dir, 'out'), name: 'fast', overwrite: false };
    expect(await writeWfdb(source, target)).toMatchObject({
      error: {
        code: 'too-large',
        message: expect.stringMatching(/^fast\.hea: .*sampling frequency/),
      },
    });
    expect(await readdir(target.folder)).toEqual([]);
    await source.close();
  });

  it('has a signal file of its own whatever it is called, also where it may replace another', async () => {
    const sources: OpenRecording[] = [];
    const folder = path.join(dir, 'out');
    for (const [k, name] of ['Иванов', 'Петров', 'a b', 'a_b', 'a.b'].entries()) {
      const file = path.join(dir, `${k}.edf`);
      await writeFile(file, encodeEdf({ signals: [{ ...ecg, records: [[k + 1, k + 2]] }] }));
      const source = valueOf(await openRecording(file));
      valueOf(await writeWfdb(source, { folder, name, overwrite: true }));
      sources.push(source);
    }
    const copies: number[][] = [];
    for (const name of ['Иванов', 'Петров', 'a b', 'a_b', 'a.b']) {
      const copy = valueOf(await openRecording(path.join(folder, `${name}.hea`)));
      copies.push(await all(copy, 0));
      await copy.close();
    }
    expect(copies).toEqual([[1, 2], [2, 3], [3, 4], [4, 5], [5, 6]]); // oxfmt-ignore
    await Promise.all(sources.map((source) => source.close()));
  });

  it('keeps gaps as missing samples, also beside the smallest integer', async () => {
    const [source, copy] = await converted({
      reserved: 'EDF+D',
      signals: [
        { ...ecg, records: [[1, -32768], [32767, 4]] },
        { label: 'EDF Annotations', records: [tals('+0'), tals('+3')] },
      ],
    }); // oxfmt-ignore
    const missing = [MISSING_ADU, MISSING_ADU, MISSING_ADU, MISSING_ADU];
    expect(await all(copy, 0)).toEqual([1, -32768, ...missing, 32767, 4]);
    expect(copy.leads[0]!.storage).toContain('format 24');
    await source.close();
    await copy.close();
  });

  it('keeps annotations, where the frames are long too, and notes on the first sample', async () => {
    const notes = [
      '+0\x14start\x14',
      '+0.25\x14V\x14',
      '+1.5\x14(AFIB\x14',
      '+1.75\x1430\x14rest\x14',
    ];
    const [source, copy] = await converted({
      reserved: 'EDF+C',
      duration: '2',
      signals: [
        { ...ecg, records: [[1, 2, 3, 4, 5, 6, 7, 8]] },
        { label: 'slow', records: [[7]] },
        { label: 'EDF Annotations', records: [tals('+0', ...notes)] },
      ],
    });
    expect(await copy.annotators()).toEqual(['atr']);
    const rows = valueOf(await copy.annotations('atr'));
    expect([...rows.timeS]).toEqual([0, 0.25, 1.5, 1.75, 1.75]);
    expect(rows.symbol).toEqual(['"', 'V', '+', '"', '"']);
    expect(rows.aux).toEqual(['start', '', '(AFIB', '30', 'rest']);
    await source.close();
    await copy.close();
  });

  it('has a plain name inside, whatever its files are called', async () => {
    const [source, copy] = await converted({ signals: [{ ...ecg, records: [[1]] }] }, 'Förhof 1.2');
    const header = await readFile(path.join(dir, 'out', 'Förhof 1.2.hea'), 'utf8');
    expect(header).toMatch(/^F_rhof_1_2 1 1 1 [^\n]*\nF_rhof_1_2_[0-9a-f]{8}\.dat 16 /);
    expect(await all(copy, 0)).toEqual([1]);
    await source.close();
    await copy.close();
  });

  it('replaces nothing unless told to, never what it reads, and leaves no halves', async () => {
    const made = { signals: [{ ...ecg, records: [[1]] }] };
    const [source, copy] = await converted(made);
    const folder = path.join(dir, 'out');
    const again = await writeWfdb(source, { folder, name: 'x', overwrite: false });
    expect(again).toMatchObject({ error: { code: 'conflict' } });
    expect((await writeWfdb(source, { folder, name: 'x', overwrite: true })).ok).toBe(true);
    const itself = await writeWfdb(copy, { folder, name: 'x', overwrite: true });
    expect(itself).toMatchObject({ error: { code: 'conflict' } });
    const stopped = await writeWfdb(source, {
      folder,
      name: 'y',
      overwrite: false,
      signal: AbortSignal.abort(),
    });
    expect(stopped).toMatchObject({ error: { code: 'cancelled' } });
    expect((await readdir(folder)).sort()).toEqual(['x.dat', 'x.hea']);
    await source.close();
    await copy.close();
  });
});
