import { describe, expect, it } from 'vitest';
import { ok } from '../../../shared/domain';
import type { OpenRecording, RecordedLead } from '../../formats/open-recording';
import type { SegmentWindow, Stillness } from '../types';
import { createWindowReader } from './windows';

const SPEC = {
  samplingRateHz: 360,
  windowSamples: 3600,
  hopSamples: 1800,
  filter: { lowHz: 0.5, highHz: 50, order: 5 },
};

/** A record that only counts and hands out: beats every 0.8 s with a P wave's worth of ripple. */
function fakeRecord(
  options: Partial<{
    rateHz: number;
    frames: number;
    perFrame: number;
    units: string;
    scale: number;
    missing: readonly [number, number];
  }> = {},
) {
  const { rateHz = 250, frames = 15_000, perFrame = 1, units = 'mV', scale = 1 } = options;
  const signal = (i: number): number => {
    if (options.missing && i >= options.missing[0] && i < options.missing[1]) return NaN;
    const t = (i / (rateHz * perFrame)) % 0.8;
    return scale * (1.2 * Math.exp(-0.5 * ((t - 0.4) / 0.012) ** 2) + 0.1 * Math.sin(i * 0.05));
  };
  const reads: [number, number][] = [];
  const lead = {
    name: 'II',
    units,
    samplingRateHz: rateHz * perFrame,
    samples: frames * perFrame,
  } as RecordedLead;
  const recording = {
    name: 'fake',
    durationS: frames / rateHz,
    leads: [lead],
    async readPhysical(_lead: number, start: number, end: number) {
      reads.push([start, end]);
      return ok(Float64Array.from({ length: end - start }, (_, i) => signal(start + i)));
    },
  } as unknown as OpenRecording;
  return { recording, reads };
}

function open(recording: OpenRecording, kind: 'plain' | 'flush' = 'plain') {
  const windows = createWindowReader(recording, 0, SPEC, kind);
  if (!windows.ok) throw new Error(windows.error.message);
  return windows.value;
}

async function read(
  recording: OpenRecording,
  first: number,
  end: number,
  kind?: 'plain' | 'flush',
) {
  const batch = await open(recording, kind).read(first, end);
  if (!batch.ok) throw new Error(batch.error.message);
  return batch.value;
}

describe('windows of a recording', () => {
  it('are standardised rows at the rate of the model', async () => {
    const { windows, samples } = await read(fakeRecord().recording, 0, 11);
    expect(windows.map((w) => [w.index, w.startS, w.endS, w.unreadable])).toEqual(
      Array.from({ length: 11 }, (_, i) => [i, 5 * i, 5 * i + 10, null]),
    );
    expect(samples.length).toBe(11 * 3600);
    const row = samples.subarray(3600, 7200);
    const mean = row.reduce((sum, v) => sum + v, 0) / 3600;
    expect(Math.abs(mean)).toBeLessThan(1e-6);
    expect(row.reduce((sum, v) => sum + v * v, 0) / 3600).toBeCloseTo(1, 5);
    // The beat of 10.8 s lies 5.8 s into the second window.
    const around = row.subarray(5.7 * 360, 5.9 * 360);
    expect(around.indexOf(Math.max(...around))).toBe(36);
  });

  it('read only the samples of the windows and the margin of the filter', async () => {
    const { recording, reads } = fakeRecord({ frames: 1_000_000 });
    await read(recording, 100, 102);
    expect(reads).toHaveLength(1);
    const [start, end] = reads[0]!;
    expect(start).toBeGreaterThan((500 - 26) * 250);
    expect(end).toBeLessThan((515 + 26) * 250);
  });

  it('do not depend on how many are read at once', async () => {
    const { recording } = fakeRecord({ frames: 60_000 });
    const all = await read(recording, 0, 40);
    const one = await read(recording, 17, 18);
    const row = all.samples.subarray(17 * 3600, 18 * 3600);
    one.samples.forEach((v, i) => expect(Math.abs(v - row[i]!)).toBeLessThan(1e-5));
  });

  it('keep their shape at any rate, frame size and unit of voltage', async () => {
    const wanted = (await read(fakeRecord().recording, 2, 3)).samples;
    for (const other of [
      { units: 'uV', scale: 1000 },
      { units: 'V', scale: 1e-3 },
      { rateHz: 62.5, frames: 3750, perFrame: 4 },
    ]) {
      const { samples } = await read(fakeRecord(other).recording, 2, 3);
      samples.forEach((v, i) => expect(Math.abs(v - wanted[i]!)).toBeLessThan(1e-5));
    }
  });

  it('name what cannot be judged and leave it out of the rows', async () => {
    const { recording } = fakeRecord({ missing: [2500, 3000] });
    const { windows, samples } = await read(recording, 0, 11);
    expect(windows.map((w) => w.unreadable)).toEqual([
      null,
      'missing samples',
      'missing samples',
      ...new Array<null>(8).fill(null),
    ]);
    expect(samples.length).toBe(9 * 3600);
    expect(samples.every(Number.isFinite)).toBe(true);
  });

  it('end flush with the recording, and are one for a short recording', async () => {
    const { windows } = await read(fakeRecord({ frames: 15_400 }).recording, 10, 12, 'flush');
    expect(windows.map((w) => [w.startS, w.endS])).toEqual([
      [50, 60],
      [51.6, 61.6],
    ]);
    const short = await read(fakeRecord({ frames: 1250 }).recording, 0, 1, 'flush');
    expect(short.windows).toEqual([
      { index: 0, startS: 0, endS: 5, unreadable: 'recording shorter than a segment' },
    ]);
    const nearly = await read(fakeRecord({ frames: 2300 }).recording, 0, 1, 'flush');
    expect(nearly.windows[0]!.unreadable).toBeNull();
    expect(nearly.samples.length).toBe(3600);
  });

  it('refuse signals that are no ECG, and rates too low for one', () => {
    const failure = (options: Parameters<typeof fakeRecord>[0]) => {
      const windows = createWindowReader(fakeRecord(options).recording, 0, SPEC, 'plain');
      return windows.ok ? null : windows.error;
    };
    expect(failure({ units: 'mmHg' })).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('mmHg') as string,
    });
    expect(failure({ rateHz: 15.5 })).toMatchObject({ code: 'unsupported' });
    const missing = createWindowReader(fakeRecord().recording, 3, SPEC, 'plain');
    expect(missing).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });

  it('stop when asked to', async () => {
    const { recording, reads } = fakeRecord({ frames: 1_000_000 });
    const stop = new AbortController();
    const pending = open(recording).read(0, 700, stop.signal);
    stop.abort();
    expect(await pending).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(reads).toHaveLength(1);
  });
});

describe('heartbeats in windows', () => {
  const heard = async (recording: OpenRecording): Promise<readonly SegmentWindow[]> => {
    const reader = createWindowReader(recording, 0, SPEC, 'plain', { findBeats: true });
    if (!reader.ok) throw new Error(reader.error.message);
    const batch = await reader.value.read(0, reader.value.grid.count);
    if (!batch.ok) throw new Error(batch.error.message);
    return batch.value.windows;
  };
  const stillness = async (recording: OpenRecording): Promise<(Stillness | undefined)[]> =>
    (await heard(recording)).map(({ still }) => still);
  /** The lead as it is for 20 s, and something else after. */
  const ending = (recording: OpenRecording, signal: (t: number) => number): OpenRecording => {
    const beats = recording.readPhysical.bind(recording);
    return {
      ...recording,
      async readPhysical(lead: number, start: number, end: number) {
        const found = await beats(lead, start, end);
        if (!found.ok || lead > 0) return found;
        return ok(found.value.map((v, i) => (start + i < 7200 ? v : signal((start + i) / 360))));
      },
    } as OpenRecording;
  };
  const electrodeOff = (t: number): number => 0.02 * (((Math.sin(1e4 * t) * 1e4) % 1) - 0.5);

  it('are looked for where the rule on standstill wants them', async () => {
    const { recording } = fakeRecord();
    for (const still of await stillness(recording)) expect(still!.gapS).toBeLessThan(1.7);
    const { windows } = await read(recording, 0, 2);
    expect(windows[0]).not.toHaveProperty('still');
  });

  it.each([
    ['hum of the mains', (t: number) => 0.3 * Math.sin(2 * Math.PI * 50 * t)],
    ['an electrode that is off', electrodeOff],
  ])('are missed in %s: there is not one in the window', async (_what, signal) => {
    const { recording } = fakeRecord({ rateHz: 360, frames: 3600 * 6 });
    const found = await stillness(ending(recording, signal));
    expect(found[0]!.gapS).toBeLessThan(1.7);
    expect(found.slice(5, 10).map((still) => still!.isEmpty)).toEqual(Array(5).fill(true));
  });

  it('are those of every lead: a heart that another one shows does not stand still', async () => {
    const { recording } = fakeRecord({ rateHz: 360, frames: 3600 * 6 });
    const second = { ...recording.leads[0]!, name: 'V1' };
    const both = { ...recording, leads: [recording.leads[0]!, second] } as OpenRecording;
    for (const still of await stillness(ending(both, electrodeOff)))
      expect(still).toMatchObject({ gapS: expect.closeTo(0.8, 0) as number, isEmpty: false });
  });

  it('are none in waves that may be fibrillation, which the window is marked for', async () => {
    const { recording } = fakeRecord({ rateHz: 360, frames: 3600 * 6 });
    const sine = (hz: number, t: number): number => Math.sin(2 * Math.PI * hz * t);
    const waves = (t: number): number =>
      t > 36
        ? 1.2 * Math.exp(-0.5 * (((t % 0.8) - 0.4) / 0.012) ** 2)
        : 0.2 * (1.5 + sine(0.61, t)) * Math.sin(28 * t + 4 * sine(0.47, t) + 3 * sine(0.83, t));
    const marked = (await heard(ending(recording, waves))).map((one) => one.mayFibrillate);
    expect(marked.slice(0, 3)).toEqual([false, false, false]);
    expect(marked.slice(4, 6)).toEqual([true, true]);
    expect(marked.slice(8)).not.toContain(true);
  });

  it('have a rate that the window is marked for where no heart at rest is as fast', async () => {
    const { recording } = fakeRecord({ rateHz: 360, frames: 3600 * 6 });
    const fast = (t: number): number => {
      const inBeat = t > 36 ? (t % 0.8) - 0.4 : (t % 0.25) - 0.125;
      return 1.2 * Math.exp(-0.5 * (inBeat / 0.012) ** 2);
    };
    const bpm = (await heard(ending(recording, fast))).map((one) => one.fastBpm);
    expect(bpm.slice(0, 3)).toEqual([0, 0, 0]);
    for (const one of bpm.slice(4, 6)) expect(one).toBeCloseTo(240, -1);
    expect(bpm.slice(8).filter((one) => one !== 0)).toEqual([]);
  });
});
