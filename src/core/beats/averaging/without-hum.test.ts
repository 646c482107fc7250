import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAnnotated } from '../../recordings/open-annotated';
import { writeSyntheticRecord } from '../../synthesis';
import { qrsWidth } from './qrs-widths';
import { withoutHum } from './without-hum';

const DURATION_S = 30;
/** What seeds of the synthetic noise make of where QRS begins and ends together; hum made it 200 ms and more. */
const SCATTER_MS = 20;
let dir: string;
beforeAll(async () => (dir = await mkdtemp(join(tmpdir(), 'fiducial-hum-'))));
afterAll(() => rm(dir, { recursive: true, force: true }));

/** Width of QRS in a recording of sinus rhythm that hums, ms. */
async function widthMs(rateHz: number, levelMv: number): Promise<number> {
  const name = `hum${rateHz}`;
  await writeSyntheticRecord(dir, {
    ...{ name, durationS: DURATION_S, rateHz, leads: 2, seed: 9, format: 16 },
    scenario: {
      stretches: [{ untilS: DURATION_S, rhythm: 'sinus', heartRateBpm: 66 }],
      disturbances: [{ kind: 'mains', startS: 0, endS: DURATION_S, levelMv }],
    },
  });
  const opened = await openAnnotated(join(dir, name), 'atr');
  if (!opened.ok) throw new Error(opened.error.message);
  const { recording, annotations } = opened.value;
  const beats = annotations.filter(({ symbol }) => symbol === 'N');
  const columns = {
    timeS: Float64Array.from(beats, ({ sample }) => sample / rateHz),
    beatClass: new Uint8Array(beats.length),
  };
  const width = await qrsWidth(recording, columns, { startS: 0, endS: DURATION_S });
  await recording.close();
  if (!width.ok || !width.value) throw new Error('no width');
  return width.value.qrsMs;
}

it('measures a QRS complex under the hum of the mains as without it', async () => {
  for (const rateHz of [360, 500]) {
    const quiet = await widthMs(rateHz, 0);
    expect(quiet).toBeLessThan(120);
    for (const levelMv of [0.05, 0.1, 0.2])
      expect(Math.abs((await widthMs(rateHz, levelMv)) - quiet)).toBeLessThanOrEqual(SCATTER_MS);
  }
});

it('leaves a lead without hum as it is, and gaps where they are', () => {
  const beats = Float64Array.from({ length: 3600 }, (_, i) =>
    Math.exp(-0.5 * (((i % 300) - 150) / 4) ** 2),
  );
  expect(withoutHum(beats, 360)).toBe(beats);
  const hum = beats.map((mv, i) => mv + 0.3 * Math.sin((2 * Math.PI * 60 * i) / 360));
  hum.fill(NaN, 1000, 1020);
  const clean = withoutHum(hum, 360);
  expect(clean.findIndex(Number.isNaN)).toBe(1000);
  expect(
    Math.max(...clean.subarray(2000, 2050).map((mv, i) => Math.abs(mv - beats[2000 + i]!))),
  ).toBeLessThan(0.03);
});
