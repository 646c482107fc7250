import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRecord, type RecordReader } from '.';
import { invalidCode, sampleBits } from './formats';
import { encodeFlac } from './testing/encode-flac';
import { encodeSamples } from './testing/encode';
import { withFiles, type Files } from './testing/files';
import { integer, seededRandom } from './testing/random';

/** Opens the record `r` among some files, and closes it. */
async function withRecord(
  files: Files,
  use: (reader: RecordReader) => Promise<void>,
): Promise<void> {
  await withFiles(files, async (folder) => {
    const opened = await openRecord(path.join(folder, 'r'));
    if (!opened.ok) throw new Error(opened.error.message);
    await use(opened.value);
    await opened.value.close();
  });
}

async function digital(
  reader: RecordReader,
  signal: number,
  start = 0,
  end = reader.frames,
): Promise<number[]> {
  const read = await reader.readDigital(signal, start, end);
  if (!read.ok) throw new Error(read.error.message);
  return [...read.value];
}

async function physical(reader: RecordReader, signal: number): Promise<number[]> {
  const read = await reader.readPhysical(signal, 0, reader.frames);
  if (!read.ok) throw new Error(read.error.message);
  return [...read.value];
}

/** Random signals, `perFrame[s]` samples of signal s in each frame, and the same interleaved frame by frame. */
function randomSignals(bits: number, frames: number, perFrame: readonly number[], seed: number) {
  const random = seededRandom(seed);
  const high = 2 ** (bits - 1) - 1;
  const signals = perFrame.map((count) =>
    Array.from({ length: frames * count }, () => integer(random, -high, high)),
  );
  const interleaved: number[] = [];
  for (let frame = 0; frame < frames; frame++) {
    for (const [s, count] of perFrame.entries()) {
      interleaved.push(...signals[s]!.slice(frame * count, (frame + 1) * count));
    }
  }
  return { signals, interleaved };
}

describe.each([16, 24, 32, 61, 80, 160, 212, 310, 311])('a record in format %i', (format) => {
  const perFrame = [1, 4, 2];
  const frames = 101;
  const { signals, interleaved } = randomSignals(sampleBits(format), frames, perFrame, format);
  const skew = 3;
  const offset = 24;
  const files: Files = {
    'r.hea': [
      `r 3 100 ${frames}`,
      `r.mat ${format}+${offset} 200 0 0 0 0 0 one`,
      `r.mat ${format}x4:${skew}+${offset} 200 0 0 0 0 0 fast`,
      `r.mat ${format}x2+${offset} 200 0 0 0 0 0 two`,
    ].join('\n'),
    'r.mat': Buffer.concat([Buffer.alloc(offset, 0xaa), encodeSamples(format, interleaved)]),
  };
  const skewed = [
    ...signals[1]!.slice(skew * 4),
    ...Array.from({ length: skew * 4 }, () => invalidCode(format)),
  ];

  it('gives back samples per frame, byte offset and skew', () =>
    withRecord(files, async (reader) => {
      expect(reader.warnings).toEqual([]);
      expect(await digital(reader, 0)).toEqual(signals[0]);
      expect(await digital(reader, 1)).toEqual(skewed);
      expect(await digital(reader, 2)).toEqual(signals[2]);
    }));

  it('gives the same in any window', () =>
    withRecord(files, async (reader) => {
      for (const [start, end] of [
        [0, 1],
        [1, 2],
        [7, 40],
        [95, 500],
        [101, 102],
        [50, 50],
      ] as const) {
        expect(await digital(reader, 1, start, end)).toEqual(skewed.slice(start * 4, end * 4));
        expect(await digital(reader, 2, start, end)).toEqual(signals[2]!.slice(start * 2, end * 2));
      }
    }));
});

it('sums up format 8 from the initial value, also across chunks and in windows', async () => {
  const frames = 300_000;
  const random = seededRandom(8);
  const differences = Array.from({ length: frames * 2 }, () => integer(random, -128, 127));
  const sums = [100, -7];
  const wanted: number[][] = [[], []];
  differences.forEach((difference, k) => wanted[k % 2]!.push((sums[k % 2]! += difference)));
  const files = {
    'r.hea': 'r 2 1000\nr.dat 8 1 0 0 100 0 0 a\nr.dat 8 1 0 0 -7 0 0 b',
    'r.dat': encodeSamples(8, differences),
  };
  await withRecord(files, async (reader) => {
    expect(reader.frames).toBe(frames);
    for (const start of [299_990, 131_000, 5, 65_530]) {
      expect(await digital(reader, 1, start, start + 20)).toEqual(
        wanted[1]!.slice(start, start + 20),
      );
    }
    expect(await digital(reader, 0)).toEqual(wanted[0]);
  });
});

describe.each([8, 16, 24] as const)('FLAC of %i bits', (bits) => {
  const format = 500 + bits;
  const frames = 70_000;
  const { signals } = randomSignals(bits, frames, [1, 1], bits);
  // The extremes, which need every bit.
  signals[0]!.splice(
    0,
    4,
    -(2 ** (bits - 1)),
    2 ** (bits - 1) - 1,
    -(2 ** (bits - 1)) + 1,
    2 ** (bits - 1) - 2,
  );
  const flac = encodeFlac(signals, bits, 4096);
  const header = `r 2 250\nr.dat ${format} 200 0 0 0 0 0 a\nr.dat ${format} 200 0 0 0 0 0 b`;

  it('is bit-exact, in windows in any order', () =>
    withRecord({ 'r.hea': header, 'r.dat': flac }, async (reader) => {
      expect(reader.frames).toBe(frames);
      for (const start of [69_990, 0, 65_530, 4090, 32_768]) {
        expect(await digital(reader, 1, start, start + 20)).toEqual(
          signals[1]!.slice(start, start + 20),
        );
      }
      expect(await digital(reader, 0)).toEqual(signals[0]);
    }));

  it('takes a damaged frame for missing and reads on behind it', () => {
    const damaged = flac.slice();
    damaged[Math.floor(flac.length / 2)]! ^= 0x10;
    return withRecord({ 'r.hea': header, 'r.dat': damaged }, async (reader) => {
      const samples = await digital(reader, 1);
      const lost = samples.flatMap((value, k) => (value === signals[1]![k] ? [] : [k]));
      expect(lost.length).toBeGreaterThan(4000);
      expect(lost.length).toBeLessThanOrEqual(4096);
      expect(lost.every((k) => samples[k] === invalidCode(format))).toBe(true);
    });
  });

  it('counts the frames of a stream that was cut', () =>
    withRecord({ 'r.hea': header, 'r.dat': flac.slice(0, flac.length / 2) }, async (reader) => {
      expect(reader.frames % 4096).toBe(0);
      expect(reader.frames).toBeGreaterThan(30_000);
      expect(reader.frames).toBeLessThan(35_001);
      expect(await digital(reader, 0)).toEqual(signals[0]!.slice(0, reader.frames));
    }));
});

it('applies gain and baseline, and gives NaN where a sample is missing', () =>
  withRecord(
    {
      'r.hea': 'r 1 100\nr.dat 212 200(1024)/mV',
      'r.dat': encodeSamples(212, [1024, 1224, -2048, 824]),
    },
    async (reader) => expect(await physical(reader, 0)).toEqual([0, 1, NaN, -1]),
  ));

it('reads what a short file holds, as missing behind its end, and says so', async () => {
  const files = {
    'r.hea': 'r 2 100 6\na.dat 16 1 0 0\nb.dat 16 1 0 0',
    'a.dat': encodeSamples(16, [1, 2, 3, 4, 5, 6]),
    'b.dat': encodeSamples(16, [7, 8, 9]).slice(0, 5),
  };
  await withRecord(files, async (reader) => {
    expect(reader.frames).toBe(6);
    expect(await physical(reader, 1)).toEqual([7, 8, NaN, NaN, NaN, NaN]);
    expect(reader.warnings.map((warning) => warning.message)).toEqual([
      'b.dat holds 2 of the 6 frames that r.hea calls for; the rest is missing.',
    ]);
  });
});

it('verifies checksums', async () => {
  const files = {
    'r.hea': 'r 2 100 3\nr.dat 16 1 0 0 0 6 0 right\nr.dat 16 1 0 0 0 6 0 wrong',
    'r.dat': encodeSamples(16, [1, -10, 2, -20, 3, -30]),
  };
  await withRecord(files, async (reader) => {
    const found = await reader.verify();
    expect(found.ok && found.value.map((warning) => warning.message)).toEqual([
      "r.dat: the samples of wrong sum to 65476, the header's checksum says 6.",
    ]);
    const stopped = await reader.verify(AbortSignal.abort());
    expect(!stopped.ok && stopped.error.code).toBe('cancelled');
  });
});

describe('multi-segment records', () => {
  const segment = (name: string, lines: string, samples: readonly number[]): Files => ({
    [`${name}.hea`]: `${name} ${lines}`,
    [`${name}.dat`]: encodeSamples(16, samples),
  });

  it('joins segments of a fixed layout, rescaling where gains differ', async () => {
    const files = {
      'r.hea': 'r/2 1 100 5\ns1 3\ns2 2',
      ...segment('s1', '1 100 3\ns1.dat 16 100 0 0', [100, 200, -32768]),
      ...segment('s2', '1 100 2\ns2.dat 16 10 0 0', [10, 20]),
    };
    await withRecord(files, async (reader) => {
      expect(await physical(reader, 0)).toEqual([1, 2, NaN, 1, 2]);
      expect(await digital(reader, 0)).toEqual([100, 200, -32768, 100, 200]);
      expect(await digital(reader, 0, 2, 4)).toEqual([-32768, 100]);
      expect(reader.files.map((file) => path.basename(file))).toEqual([
        'r.hea',
        's1.hea',
        's2.hea',
        's1.dat',
        's2.dat',
      ]);
    });
  });

  it('places the signals of a variable layout by name, with gaps and short segments', async () => {
    const files = {
      'r.hea': 'r/4 2 100 9 10:00:00\nlay 0\ns1 2\n~ 3\ns2 4',
      'lay.hea': 'lay 2 100 0\n~ 0 100/mV 12 0 0 0 0 II\n~ 0 1/mmHg 12 0 0 0 0 ABP',
      ...segment('s1', '1 100 2\ns1.dat 16 10 12 0 0 0 0 II', [10, 20]),
      ...segment(
        's2',
        '2 100 4\ns2.dat 16 1/mmHg 12 0 0 0 0 ABP\ns2.dat 16 50 12 0 0 0 0 II',
        [90, 50, 91, 100, 92, 150],
      ),
    };
    await withRecord(files, async (reader) => {
      expect(reader.signals.map((spec) => spec.description)).toEqual(['II', 'ABP']);
      expect(await physical(reader, 0)).toEqual([1, 2, NaN, NaN, NaN, 1, 2, 3, NaN]);
      expect(await physical(reader, 1)).toEqual([NaN, NaN, NaN, NaN, NaN, 90, 91, 92, NaN]);
      expect(reader.warnings.map((warning) => warning.code)).toEqual([
        'short-file',
        'short-segment',
      ]);
      expect(reader.startClock).toBe('T10:00:00.000');
    });
  });
});

it('opens a record by any of its files, and refuses requests outside it', () =>
  withFiles(
    { 'r.hea': 'r 1 100\nr.dat 16', 'r.dat': encodeSamples(16, [1, 2]) },
    async (folder) => {
      for (const name of ['r', 'r.hea', 'r.dat']) {
        const opened = await openRecord(path.join(folder, name));
        if (!opened.ok) throw new Error(opened.error.message);
        expect(opened.value.name).toBe('r');
        expect((await opened.value.readDigital(1, 0, 1)).ok).toBe(false);
        expect((await opened.value.readDigital(0, -1, 1)).ok).toBe(false);
        expect((await opened.value.readDigital(0, 0.5, 1)).ok).toBe(false);
        await opened.value.close();
      }
    },
  ));

it('fails with words when a record is closed while it is read', () =>
  withFiles(
    { 'r.hea': 'r 1 100\nr.dat 16', 'r.dat': encodeSamples(16, [1, 2]) },
    async (folder) => {
      const opened = await openRecord(path.join(folder, 'r'));
      if (!opened.ok) throw new Error(opened.error.message);
      await opened.value.close();
      const late = await opened.value.readPhysical(0, 0, 2);
      expect(!late.ok && late.error.code).toBe('cancelled');
    },
  ));

it('gives up on a file that is made of FLAC headers alone', { timeout: 60_000 }, () => {
  const whole = encodeFlac([Array.from({ length: 60_000 }, () => 5)], 24, 60_000);
  // The header of the only frame, again and again: each could start a frame of 180 kB.
  const header = whole.slice(42, 42 + 8);
  const files = {
    'r.hea': 'r 1 250\nr.dat 524',
    'r.dat': Buffer.concat([whole.slice(0, 42), ...Array.from({ length: 100_000 }, () => header)]),
  };
  return withFiles(files, async (folder) => {
    const opened = await openRecord(path.join(folder, 'r'));
    expect(!opened.ok && opened.error.code).toBe('bad-signal');
  });
});
