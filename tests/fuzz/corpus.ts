import { writeAnnotations } from '../../src/core/formats/wfdb';
import { encodeSamples } from '../../src/core/formats/wfdb/testing/encode';
import { encodeFlac } from '../../src/core/formats/wfdb/testing/encode-flac';
import { integer, seededRandom } from '../../src/core/formats/wfdb/testing/random';

/** An intact small record `r` to damage: bytes by file name. */
export type Seed = Readonly<Record<string, Uint8Array>>;

/** Records of every format and layout, each with an annotation file. */
export function corpus(): Seed[] {
  const random = seededRandom(1);
  const noise = (count: number, bits: number) =>
    Array.from({ length: count }, () => integer(random, -(2 ** (bits - 1)), 2 ** (bits - 1) - 1));
  const bitsOf: Record<number, number> = {
    8: 8,
    16: 16,
    24: 24,
    32: 31,
    61: 16,
    80: 8,
    160: 16,
    212: 12,
    310: 10,
    311: 10,
  };
  const seeds: Seed[] = Object.entries(bitsOf).map(([format, bits]) => ({
    'r.hea': text(
      'r 3 360/720(5) 300 12:30:05.5 09/03/1994',
      `r.dat ${format} 200(1024)/mV 12 1024 995 -22131 0 MLII`,
      `r.dat ${format}x2:2 200/mV 12 0 0 20052 0 V5`,
      `r.dat ${format} 0 12 0 0 0 0 ABP`,
      '# 69 M 1085 1629 x1',
    ),
    'r.dat': encodeSamples(Number(format), noise(1200, bits)),
    'r.atr': annotations(),
  }));
  for (const bits of [8, 16, 24] as const) {
    seeds.push({
      'r.hea': text(
        'r 2 250 700',
        `r.dat ${500 + bits} 200/mV 0 0 0 0 0 I`,
        `r.dat ${500 + bits} 200/mV 0 0 0 0 0 II`,
      ),
      'r.dat': encodeFlac([noise(700, bits), noise(700, bits)], bits),
      'r.atr': annotations(),
    });
  }
  seeds.push({
    'r.hea': text(
      'r 2 500 100',
      'r.dat 16x1+24 1000.0(0)/mV 16 0 0 0 0 I',
      'q.dat 80 24/mV 8 0 0 0 0 II',
    ),
    'r.dat': encodeSamples(16, noise(112, 16)),
    'q.dat': encodeSamples(80, noise(100, 8)),
    'r.atr': annotations(),
  });
  const segment = (name: string, gain: number) => ({
    [`${name}.hea`]: text(`${name} 1 125 200`, `${name}.dat 212 ${gain}/mV 12 0 0 0 0 II`),
    [`${name}.dat`]: encodeSamples(212, noise(200, 12)),
  });
  seeds.push({
    'r.hea': text('r/2 1 125 400', 's1 200', 's2 200'),
    ...segment('s1', 200),
    ...segment('s2', 100),
    'r.atr': annotations(),
  });
  seeds.push({
    'r.hea': text('r/4 2 125 450', 'lay 0', 's1 200', '~ 50', 's2 200'),
    'lay.hea': text('lay 2 125 0', '~ 0 200/mV 12 0 0 0 0 II', '~ 0 1/mmHg 12 0 0 0 0 ABP'),
    ...segment('s1', 200),
    ...segment('s2', 100),
    'r.atr': annotations(),
  });
  return seeds;
}

function text(...lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode(`${lines.join('\n')}\n`);
}

function annotations(): Uint8Array {
  const beats = Array.from({ length: 30 }, (_, k) => ({
    sample: k * 400 + (k > 20 ? 5_000_000_000 : 0),
    symbol: ['N', 'V', '+', '"'][k % 4]!,
    subtype: k % 3,
    chan: k % 2,
    num: k % 5,
    aux: k % 4 === 2 ? '(AFIB' : '',
  }));
  return writeAnnotations(beats, { timeResolutionHz: 360, notes: ['42 CAL Calibration'] });
}
