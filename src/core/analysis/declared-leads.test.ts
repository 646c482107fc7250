import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ModelCard } from '../../shared/domain';
import { detectRecord } from '../beats/detect-record';
import { openRecording } from '../formats/list';
import { pulses, writeRecord } from '../recordings/testing/write-record';
import type { Analyser, AnalyserInput } from './analyser';
import { otherLeads, planAnalysis } from './declared-leads';

const card = { id: 'm', leads: { min: 2, max: 3, preferred: ['MLII', 'II', 'V1'] } } as ModelCard;
const lead = (name: string, isEcg = true) => ({ name, isEcg });

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiducial-declared-leads-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function record(leads: Record<string, (timeS: number) => number>) {
  const path = await writeRecord(dir, { name: 'r', rateHz: 250, seconds: 12, leads });
  const opened = await openRecording(path);
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

it('says which leads a model would rather have read', () => {
  expect(otherLeads([lead('Lead II'), lead('V5')], card, null)).toEqual([]);
  const [warning, ...more] = otherLeads([lead('EEG', false), lead('I'), lead('V5')], card, null);
  expect(more).toEqual([]);
  expect(warning).toMatchObject({ code: 'other-leads' });
  expect(warning!.message).toBe(
    'm is meant for MLII, II, V1; no lead here is named so, and it reads "I", "V5".',
  );
  expect(otherLeads([lead('I'), lead('V5')], card, 1)).toEqual([]);
  expect(otherLeads([lead('ECG')], card, null)).toEqual([]);
  expect(otherLeads([lead('mV'), lead('V5')], card, null)).toEqual([]);
});

it('refuses a recording with fewer leads than the card asks for', async () => {
  const analyser = { plan: () => ({ ok: true, value: { segmentsTotal: 1, lead: null } }) };
  const recording = await record({ II: pulses, V1: pulses });
  const planned = (min: number, wanted: number | null) =>
    planAnalysis(
      analyser as unknown as Analyser,
      {
        recording,
        lead: wanted,
        model: { card: { ...card, leads: { ...card.leads, min } } },
      } as unknown as AnalyserInput,
    );
  expect(planned(2, null)).toMatchObject({ ok: true });
  expect(planned(3, null)).toMatchObject({
    error: { code: 'unsupported', message: expect.stringContaining('at least 3 ECG leads') },
  });
  expect(planned(2, 0)).toMatchObject({ error: { code: 'unsupported' } });
  await recording.close();
});

it('looks for beats in the lead that was chosen, and in no other', async () => {
  const recording = await record({ II: () => 0, V1: pulses });
  const beats = async (lead: number) => {
    const found = await detectRecord(recording, { lead });
    return found.ok ? found.value.length : found.error.code;
  };
  expect(await beats(0)).toBe(0);
  expect(await beats(1)).toBeGreaterThan(8);
  expect(await beats(2)).toBe('not-found');
  await recording.close();
});
