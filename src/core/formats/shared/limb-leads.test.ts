import { describe, expect, it } from 'vitest';
import { MISSING_ADU } from '../open-recording';
import { sourceOf, withLimbLeads, type HeldLead } from './limb-leads';
import { createRecording } from './create-recording';

function held(name: string, samples: HeldLead['samples'], gainAduPerUnit = 200): HeldLead {
  return {
    lead: {
      name,
      units: 'mV',
      samplingRateHz: 500,
      samples: samples.length,
      gainAduPerUnit,
      gainAssumed: false,
      baselineAdu: 0,
      adcResolutionBits: 16,
    },
    samples,
    missingCode: MISSING_ADU,
  };
}

async function valuesOf(leads: readonly HeldLead[]): Promise<Record<string, number[]>> {
  const facts = {
    format: 'x',
    formatTitle: 'x',
    name: 'x',
    path: '/x',
    files: ['/x'],
    durationS: 1,
    startClock: null,
    comments: [],
    patient: { name: null, id: null, birthDate: null, ageYears: null, sex: null },
    warnings: [],
    gaps: [],
    measurements: [],
    storedBeats: [],
  };
  const recording = createRecording(facts, withLimbLeads(leads));
  const values: Record<string, number[]> = {};
  for (const { index, name, samples } of recording.leads) {
    const read = await recording.readPhysical(index, 0, samples);
    if (read.ok) values[name] = [...read.value];
  }
  return values;
}

describe('withLimbLeads', () => {
  it('derives what is not stored, without rounding odd integers', async () => {
    const one = held('I', Int16Array.of(3, -7, MISSING_ADU));
    const two = held('II', Int16Array.of(8, 2, 5));
    const leads = withLimbLeads([one, two, held('V1', Int16Array.of(1, 1, 1))]);
    expect(leads.map(({ lead }) => [lead.name, lead.derivedFrom, lead.leadCode])).toEqual([
      ['I', undefined, undefined],
      ['II', undefined, undefined],
      ['V1', undefined, undefined],
      ['III', 'II - I', 61],
      ['aVR', '-(I + II) / 2', 62],
      ['aVL', 'I - II / 2', 63],
      ['aVF', 'II - I / 2', 64],
    ]);
    const values = await valuesOf([
      held('I', Int32Array.of(3, -7, MISSING_ADU)),
      held('II', Int32Array.of(8, 2, 5)),
    ]);
    expect(values['III']).toEqual([5 / 200, 9 / 200, NaN]);
    expect(values['aVR']).toEqual([-5.5 / 200, 2.5 / 200, NaN]);
    expect(values['aVL']).toEqual([-1 / 200, -8 / 200, NaN]);
    expect(values['aVF']).toEqual([6.5 / 200, 5.5 / 200, NaN]);
  });

  it('works on values where leads differ in scale or hold values', async () => {
    const values = await valuesOf([
      held('I', Int32Array.of(10)),
      held('II', Int32Array.of(50), 100),
    ]);
    expect(values['III']![0]).toBeCloseTo(0.45, 12);
    const decimals = await valuesOf([
      held('I', Float64Array.of(0.25)),
      held('II', Float64Array.of(NaN)),
    ]);
    expect(decimals['aVF']).toEqual([NaN]);
  });

  it('leaves alone what is stored, and derives nothing from leads of different time', () => {
    const two = held('II', Int16Array.of(1, 2));
    expect(withLimbLeads([held('I', Int16Array.of(1)), two])).toHaveLength(2);
    expect(withLimbLeads([two])).toHaveLength(1);
    const stored = withLimbLeads([
      held('I', Int16Array.of(1, 2)),
      two,
      held('III', Int16Array.of(9, 9)),
    ]);
    expect(stored.filter(({ lead }) => lead.name === 'III')).toHaveLength(1);
    expect(sourceOf(two).stretches).toEqual([{ start: 0, samples: 2, stored: 0 }]);
  });
});
