import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  delineationReport,
  delineationTable,
} from '../../src/core/evaluation/delineation/delineation-report';
import { sharedData } from './shared-data';

/** Ordinary, paced, fibrillating and bundle-branch-block records of both; the whole table is in docs/measurements.md. */
const SETS = [
  {
    database: 'ludb',
    names: ['2', '10', '38', '60', '74', '100'],
    p: 0.9,
    t: 0.9,
    predictivity: 0.84,
  },
  {
    database: 'qtdb',
    names: ['sel16420', 'sel871', 'sele0405', 'sel104'],
    p: 0.85,
    t: 0.9,
    predictivity: 0.9,
  },
];

describe.skipIf(!sharedData)('delineation against marks by hand', () => {
  it.each(SETS)('$database', async ({ database, names, p, t, predictivity }) => {
    const report = await delineationReport({
      paths: names.map((name) => path.join(sharedData!, database, `${name}.hea`)),
      annotator: null,
    });
    if (!report.ok) throw new Error(report.error.message);
    const table = delineationTable(report.value);
    expect(report.value.problems, table).toEqual([]);
    const wave = Object.fromEntries(report.value.waves.map((own) => [own.wave, own]));
    expect(wave['QRS']!.sensitivity, table).toBe(1);
    expect(wave['P']!.sensitivity, table).toBeGreaterThan(p);
    expect(wave['P']!.predictivity, table).toBeGreaterThan(predictivity);
    expect(wave['T']!.sensitivity, table).toBeGreaterThan(t);
    // About half as much again as these records give.
    const mark = Object.fromEntries(report.value.marks.map((own) => [own.mark, own]));
    expect(Math.abs(mark['qrsOnset']!.meanMs), table).toBeLessThan(12);
    expect(Math.abs(mark['qrsEnd']!.meanMs), table).toBeLessThan(24);
    expect(Math.abs(mark['tEnd']!.meanMs), table).toBeLessThan(20);
    expect(mark['qrsOnset']!.sdWithinMs, table).toBeLessThan(12);
    expect(mark['tEnd']!.sdWithinMs, table).toBeLessThan(25);
  });
});
