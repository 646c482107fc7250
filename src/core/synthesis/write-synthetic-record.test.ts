import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRecording } from '../formats/list';
import { readAnnotations } from '../formats/wfdb';
import type { Annotation } from '../formats/wfdb/types';
import { DEMO_RECORD, writeSyntheticRecord } from '.';

const COMMITTED = path.resolve(import.meta.dirname, '../../../resources/demo');
const BEATS = 'NALV';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'fiducial-synthesis-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function open(file: string) {
  const record = await openRecording(file);
  if (!record.ok) throw new Error(record.error.message);
  return record.value;
}

async function annotationsOf(file: string): Promise<readonly Annotation[]> {
  const read = await readAnnotations(file);
  if (!read.ok) throw new Error(read.error.message);
  return read.value.annotations;
}

describe('the demo record', () => {
  it('is what the generator makes, to the byte', async () => {
    await writeSyntheticRecord(dir, DEMO_RECORD);
    for (const extension of ['hea', 'dat', 'atr']) {
      const made = await readFile(path.join(dir, `demo.${extension}`));
      const committed = await readFile(path.join(COMMITTED, `demo.${extension}`));
      const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
      expect(`${extension} ${hash(made)}`).toBe(`${extension} ${hash(committed)}`);
      expect(committed.length).toBeLessThan(800_000);
    }
  });

  it('is a sound record that says it is synthetic', async () => {
    const record = await open(path.join(COMMITTED, 'demo.hea'));
    expect(record.leads[0]!.samples).toBe(600 * 360);
    expect(record.leads.map((lead) => lead.name)).toEqual(['MLII', 'V1']);
    expect(record.comments.join()).toMatch(/synthetic: made by Fiducial's generator/);
    const checked = await record.verify();
    expect(checked).toEqual({ ok: true, value: [] });
    const gap = await record.readPhysical(0, 551 * 360, 552 * 360);
    expect(gap.ok && gap.value.every(Number.isNaN)).toBe(true);
    const off = await record.readPhysical(0, 500 * 360, 510 * 360);
    expect(off.ok && new Set(off.value).size).toBe(1);
    await record.close();
  });

  it('holds one of everything, with its truth', async () => {
    const annotations = await annotationsOf(path.join(COMMITTED, 'demo.atr'));
    const rhythms = annotations.filter((a) => a.symbol === '+').map((a) => a.aux);
    expect(rhythms).toEqual(['(N', '(B', '(N', '(VT', '(N', '(AFIB', '(N']);
    const beats = annotations.filter((a) => BEATS.includes(a.symbol));
    const inOrder = beats.map((b) => b.symbol).join('');
    expect(inOrder).toMatch(/NVNVNVNVNVNV/); // bigeminy
    expect(inOrder).toMatch(/NVVN/); // couplet
    expect(inOrder).toMatch(/NVVVVN/); // run
    expect(inOrder).toMatch(/NAN/);
    expect(inOrder).toMatch(/L{40,}/);
    // A ventricular beat is followed by a full compensatory pause: the sinus beats around it are two intervals apart.
    const at = inOrder.indexOf('NNNVNN');
    const s = (i: number): number => beats[at + i]!.sample / 360;
    expect((s(4) - s(2)) / (s(2) - s(1))).toBeGreaterThan(1.85);
    expect((s(4) - s(2)) / (s(2) - s(1))).toBeLessThan(2.15);
  });

  it('puts the annotation of a narrow beat on its R peak', async () => {
    const record = await open(path.join(COMMITTED, 'demo.hea'));
    const annotations = await annotationsOf(path.join(COMMITTED, 'demo.atr'));
    const clean = annotations.filter((a) => a.symbol === 'N' && a.sample < 50 * 360);
    expect(clean.length).toBeGreaterThan(50);
    for (const { sample } of clean) {
      const around = await record.readPhysical(0, sample - 40, sample + 41);
      if (!around.ok) throw new Error(around.error.message);
      const peak = around.value.indexOf(Math.max(...around.value));
      expect(Math.abs(peak - 40)).toBeLessThanOrEqual(1);
      expect(around.value[peak]).toBeGreaterThan(0.8);
    }
    await record.close();
  });
});

describe('synthetic records of other kinds', () => {
  it.each([
    { leads: 1, rateHz: 128, format: 212 },
    { leads: 3, rateHz: 250, format: 16 },
    { leads: 3, rateHz: 62.4725, format: 212 },
  ] as const)('writes $leads leads at $rateHz Hz in format $format', async (kind) => {
    const options = { name: 'other', durationS: 125, seed: 5, ...kind };
    await writeSyntheticRecord(dir, options);
    const record = await open(path.join(dir, 'other.hea'));
    const { samples, samplingRateHz } = record.leads[0]!;
    expect(samples).toBe(Math.round(125 * kind.rateHz));
    expect(samplingRateHz).toBe(kind.rateHz);
    expect(record.leads.length).toBe(kind.leads);
    expect(await record.verify()).toEqual({ ok: true, value: [] });
    await record.close();
    const beats = (await annotationsOf(path.join(dir, 'other.atr'))).filter((a) =>
      BEATS.includes(a.symbol),
    );
    expect(beats.length).toBeGreaterThan(80);

    const first = await readFile(path.join(dir, 'other.dat'));
    await writeSyntheticRecord(dir, { ...options, seed: 6 });
    expect(first.equals(await readFile(path.join(dir, 'other.dat')))).toBe(false);
  });
});
