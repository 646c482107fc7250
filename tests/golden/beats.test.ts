import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectRecord } from '../../src/core/beats/detect-record';
import { compareBeats } from '../../src/core/evaluation/ec57-beats';
import { beatStatistics } from '../../src/core/evaluation/ec57-statistics';
import { beatsReport, type BeatsReport } from '../../src/core/evaluation/ec57-report';
import { ok } from '../../src/shared/domain';
import { sharedData } from './shared-data';

interface Golden {
  readonly rateHz: number;
  readonly cases: readonly {
    readonly reference: readonly number[];
    readonly test: readonly number[];
    readonly tp: number;
    readonly fn: number;
    readonly fp: number;
  }[];
}

/** Pairs beats as wfdb-python does (beats/make.py). */
it('pairs beats as wfdb-python', async () => {
  const file = path.join(import.meta.dirname, 'beats/compare.json');
  const { rateHz, cases } = JSON.parse(await readFile(file, 'utf8')) as Golden;
  for (const { reference, test, tp, fn, fp } of cases) {
    const beats = (samples: readonly number[]) => ({
      timeS: samples.map((sample) => sample / rateHz),
      beatClass: samples.map(() => 0),
    });
    const { qrs } = beatStatistics(compareBeats(beats(reference), beats(test)));
    expect([qrs.truePositives, qrs.falseNegatives, qrs.falsePositives]).toEqual([tp, fn, fp]);
  }
});

async function detect(database: string): Promise<BeatsReport> {
  const folder = path.join(sharedData!, database);
  const headers = (await readdir(folder)).filter((name) => name.endsWith('.hea')).sort();
  const report = await beatsReport({
    paths: headers.map((name) => path.join(folder, name)),
    async testBeats(recording) {
      const beats = await detectRecord(recording);
      if (!beats.ok) return beats;
      const timeS = beats.value.map((beat) => beat.timeS);
      return ok({ timeS, beatClass: timeS.map(() => 0) });
    },
  });
  if (!report.ok) throw new Error(report.error.message);
  return report.value;
}

/** Whole records, 150 ms; 20 s of work, but on a machine that is busy with more it takes many times that. */
describe.skipIf(!sharedData)('QRS detection (needs shared/data)', () => {
  it('reaches 99.8 % both ways on the 26 records of MIT-BIH', { timeout: 600_000 }, async () => {
    const { records, all } = await detect('mitdb');
    expect(records.length).toBe(26);
    expect(all.gross.qrs.sensitivity).toBeGreaterThan(0.998);
    expect(all.gross.qrs.positivePredictivity).toBeGreaterThan(0.998);
  });

  it('reaches 99.95 % and 99.9 % on the 39 of svdb', { timeout: 600_000 }, async () => {
    const { records, all } = await detect('svdb');
    expect(records.length).toBe(39);
    expect(all.gross.qrs.sensitivity).toBeGreaterThan(0.9995);
    expect(all.gross.qrs.positivePredictivity).toBeGreaterThan(0.999);
  });
});
