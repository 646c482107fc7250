import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OpenRecording } from '../../src/core/formats/open-recording';
import { MITDB_DS1, MITDB_PACED, personOf } from '../../src/core/evaluation/databases';
import { labelWindows, type SegmentLabels } from '../../src/core/evaluation/labels';
import { readAnnotations } from '../../src/core/formats/wfdb';
import { sharedData } from './shared-data';

const WINDOW = 3600;
const RECORD_SAMPLES = 650_000;
const STARTS = Array.from(
  { length: Math.floor((RECORD_SAMPLES - WINDOW) / 1800) + 1 },
  (_, i) => i * 1800,
);

/** The table of `data/README.md`: record, labelled, majority, ectopy, review. */
async function readTable(): Promise<Map<string, number[]>> {
  const text = await readFile(path.join(sharedData!, 'README.md'), 'utf8');
  const rows = text.matchAll(/^\| (\d{3}(?: \(paced\))?|DS1, all 22) \|((?: \d+ \|)+)$/gm);
  return new Map(
    [...rows].map(([, name, cells]) => [
      name!.replace(' (paced)', ''),
      cells!.split('|').slice(0, 4).map(Number),
    ]),
  );
}

/** Counts of labels over the records of MIT-BIH, against the numbers that came with the data. */
describe.skipIf(!sharedData)('label counts of MIT-BIH (needs shared/data)', () => {
  const counts = new Map<string, number[]>();
  let table: Map<string, number[]>;

  beforeAll(async () => {
    table = await readTable();
    for (const record of [...MITDB_DS1, ...MITDB_PACED]) {
      const file = await readAnnotations(path.join(sharedData!, 'mitdb', `${record}.atr`));
      if (!file.ok) throw new Error(file.error.message);
      const labels = labelWindows(file.value.annotations, STARTS, WINDOW).filter(
        (label) => label !== null,
      );
      const abnormal = (scheme: keyof SegmentLabels): number =>
        labels.filter((label) => label[scheme] === 'Abnormal').length;
      counts.set(record, [
        labels.length,
        abnormal('majority'),
        abnormal('ectopy'),
        abnormal('review'),
      ]);
    }
  });

  it('equals every row of the table', () => {
    expect(table.size).toBe(10);
    for (const [record, row] of table) {
      if (record.startsWith('DS1')) continue;
      expect(counts.get(record), record).toEqual(row);
    }
  });

  it('equals the totals of DS1', () => {
    const totals = MITDB_DS1.map((record) => counts.get(record)!).reduce((sum, row) =>
      sum.map((value, i) => value + row[i]!),
    );
    expect(totals).toEqual(table.get('DS1, all 22'));
  });
});

it('knows the 22 records of DS1, and that 201 and 202 are one patient', () => {
  expect(new Set(MITDB_DS1).size).toBe(22);
  expect(MITDB_DS1.filter((record) => MITDB_PACED.includes(record))).toEqual([]);
  const record = (name: string, samples: number) => ({
    name,
    leads: [{ samples, samplingRateHz: 360 }] as unknown as OpenRecording['leads'],
  });
  expect(personOf(record('202', 650_000))).toBe(personOf(record('201', 650_000)));
  expect(personOf(record('203', 650_000))).toBe('203');
  // A clinic's own 202.
  expect(personOf(record('202', 7_200))).toBe('202');
});
