import { parquetReadObjects } from 'hyparquet';
import { expect, it } from 'vitest';
import { beatsParquet, segmentsParquet } from './parquet';

/** Reads a table back with the reader that the writer is the companion of. */
function rowsOf(bytes: Uint8Array): Promise<Record<string, unknown>[]> {
  return parquetReadObjects({ file: bytes.slice().buffer });
}

it('keeps beats with their class and interval', async () => {
  const beats = {
    timeS: Float64Array.of(0.5, 1.3, 2.025),
    beatClass: Uint8Array.of(0, 2, 0),
    counts: Uint8Array.of(1, 1, 0),
    rrMs: Float64Array.of(NaN, 800, NaN),
    confidence: Float32Array.of(1, 0.75, 0.5),
    attention: Float32Array.of(0, 0.25, 0),
  };
  const rows = await rowsOf(beatsParquet(beats));
  expect(rows.map(({ time_s }) => time_s)).toEqual([0.5, 1.3, 2.025]);
  expect(rows[0]).toMatchObject({ beat: 0, class: 'N', confidence: 1, rr_ms: null });
  expect(rows[1]).toMatchObject({ class: 'V', confidence: 0.75, attention: 0.25 });
  expect(rows[1]!['rr_ms']).toBeCloseTo(800, 9);
  expect(rows[2]).toMatchObject({ counts: false, rr_ms: null });
  const none = new Float32Array();
  const letters = new Uint8Array();
  const times = new Float64Array();
  const empty = { timeS: times, beatClass: letters, counts: letters, rrMs: times };
  expect(await rowsOf(beatsParquet({ ...empty, confidence: none, attention: none }))).toEqual([]);
});

it('keeps segments with what was decided on them', async () => {
  const segment = { startS: 0, endS: 10, refer: false, reason: null } as const;
  const rows = await rowsOf(
    segmentsParquet(
      [
        { ...segment, index: 0, verdict: 'Normal', probability: 0.1 },
        { ...segment, index: 1, verdict: 'Unreadable', probability: null, reason: 'noise' },
      ],
      [
        {
          ...{ segment: 1, decision: 'unsure', note: 'see µV', reader: 'A. Reader', atMs: 1e12 },
          blind: { agrees: false, reader: 'B. Reader' },
        },
      ],
    ),
  );
  expect(rows).toMatchObject([
    { segment: 0, verdict: 'Normal', probability: 0.1, decision: 'none', blind_answer: null },
    {
      segment: 1,
      probability: null,
      reason: 'noise',
      decision: 'unsure',
      note: 'see µV',
      blind_answer: 'differs',
    },
  ]);
  expect(rows[0]!['decided_at']).toBeNull();
  expect(rows[1]!['blind_reader']).toBe('B. Reader');
  expect(rows[1]!['decided_at']).toEqual(new Date(1e12));
});
