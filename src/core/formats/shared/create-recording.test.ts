import { describe, expect, it } from 'vitest';
import { MISSING_ADU } from '../open-recording';
import { createRecording, type RecordingFacts } from './create-recording';
import { integersInMemory, valuesInMemory, type LeadSource } from './lead-source';
import { valueOf } from '../../../shared/domain/testing/value-of';

const FACTS: RecordingFacts = {
  format: 'test',
  formatTitle: 'Test',
  name: 'r',
  path: '/r.test',
  files: ['/r.test'],
  durationS: 1,
  startClock: null,
  comments: [],
  patient: { name: null, id: null, birthDate: null, ageYears: null, sex: null },
  warnings: [],
  gaps: [],
  measurements: [],
  storedBeats: [],
};

function lead(samples: number): LeadSource['lead'] {
  return {
    name: 'II',
    units: 'mV',
    samplingRateHz: samples,
    samples,
    gainAduPerUnit: 2,
    gainAssumed: false,
    baselineAdu: 1,
    adcResolutionBits: 16,
  };
}

/** Two stretches of stored samples: 1, 2, 3 at sample 2, and 4, -9, 6 at sample 7 of 12. */
const gapped: LeadSource = {
  lead: lead(12),
  store: integersInMemory(Int32Array.of(1, 2, 3, 4, -9, 6)),
  stretches: [
    { start: 2, samples: 3, stored: 0 },
    { start: 7, samples: 3, stored: 3 },
  ],
  missingCode: -9,
};

describe('a recording made of leads', () => {
  it('puts stored samples where they belong and calls the rest missing', async () => {
    const recording = createRecording(FACTS, [gapped]);
    const all = [NaN, NaN, 0, 0.5, 1, NaN, NaN, 1.5, NaN, 2.5, NaN, NaN];
    expect([...valueOf(await recording.readPhysical(0, 0, 12))]).toEqual(all);
    expect([...valueOf(await recording.readDigital(0, 0, 12))]).toEqual(
      [null, null, 1, 2, 3, null, null, 4, null, 6, null, null].map((code) => code ?? MISSING_ADU),
    );
    for (let start = 0; start <= 12; start++) {
      for (let end = start; end <= 14; end++) {
        const part = valueOf(await recording.readPhysical(0, start, end));
        expect([...part], `${start} to ${end}`).toEqual(all.slice(start, end));
      }
    }
  });

  it('gives decimals as they are and as integers of the stated gain', async () => {
    const values = Float64Array.of(0.5, NaN, -1.25);
    const source: LeadSource = {
      lead: { ...lead(3), gainAduPerUnit: 100, baselineAdu: 0 },
      store: valuesInMemory(values),
      stretches: [{ start: 0, samples: 3, stored: 0 }],
    };
    const recording = createRecording(FACTS, [source]);
    expect(valueOf(await recording.readPhysical(0, 0, 3))).toEqual(values);
    expect([...valueOf(await recording.readDigital(0, 0, 3))]).toEqual([50, MISSING_ADU, -125]);
  });

  it('refuses leads and samples that there are not', async () => {
    const recording = createRecording(FACTS, [gapped]);
    for (const [index, start, end] of [
      [1, 0, 1],
      [0, -1, 1],
      [0, 0.5, 1],
      [0, NaN, 1],
    ] as const) {
      expect(await recording.readPhysical(index, start, end)).toMatchObject({
        error: { code: 'bad-input' },
      });
    }
    expect(await recording.annotations('atr')).toMatchObject({ error: { code: 'not-found' } });
  });
});
