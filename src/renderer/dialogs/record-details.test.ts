import { expect, it } from 'vitest';
import type { RecordingInfo } from '../../shared/domain';
import { BY_DEVICE } from '../../shared/domain/derived-leads';
import { wordsIn } from '../../shared/words';
import { detailsText, recordDetails } from './record-details';

const lead = {
  ...{ index: 0, name: 'MLII', units: 'mV', isEcg: true, samplingRateHz: 360 },
  ...{ gainAduPerUnit: 200, gainAssumed: false, baselineAdu: 1024, adcResolutionBits: 11 },
};
const info = {
  ...{ name: '208', formatTitle: 'WFDB', samplingRateHz: 360 },
  comments: ['Device: MAC 55', '69 M 1085'],
  measurements: [
    { name: 'QT interval', value: '380', units: 'ms' },
    { name: 'QT Interval', value: '400', units: 'ms' },
    { name: 'Statement', value: 'Sinus rhythm', units: '' },
  ],
  leads: [
    lead,
    { ...lead, name: 'V1', gainAssumed: true, baselineAdu: -5, derivedFrom: undefined },
    { ...lead, name: 'III', derivedFrom: 'II - I', samplingRateHz: 1e6 / 1667 },
    { ...lead, name: 'aVF', derivedFrom: BY_DEVICE },
    {
      ...lead,
      name: 'V6',
      gainAduPerUnit: 1 / 4.88,
      filters: { highPassHz: 0.05, lowPassHz: 150, notchHz: 50 },
    },
  ],
} as unknown as RecordingInfo;

it('name a recording with a unit on every number, in both languages', () => {
  const of = { start: '', length: '30 min 05 s', sha256: null };
  const { facts, leads } = recordDetails(info, of, wordsIn('en'));
  expect(facts.map(([, value]) => value)).toEqual([
    ...['208', 'WFDB', 'not stated', '30 min 05 s, 360 Hz', 'being computed …'],
  ]);
  expect(leads.map((row) => row.slice(2).join('; '))).toEqual([
    '360 Hz; 200 ADU/mV; 1\u202f024 ADU; 11 bits; not stated',
    '360 Hz; 200 ADU/mV (assumed); \u22125 ADU; 11 bits; not stated',
    '599.88 Hz; computed: II - I; 1\u202f024 ADU; 11 bits; not stated',
    '360 Hz; 200 ADU/mV (computed by the device); 1\u202f024 ADU; 11 bits; not stated',
    '360 Hz; 0.204918 ADU/mV; 1\u202f024 ADU; 11 bits; from 0.05 Hz, to 150 Hz, notch 50 Hz',
  ]);
  const spanish = recordDetails(info, { ...of, sha256: 'ab12' }, wordsIn('es'));
  expect(spanish.leads[3]![3]).toBe('200 ADU/mV (calculada por el equipo)');
  expect(spanish.leads[4]!.at(-1)).toBe('desde 0,05 Hz, hasta 150 Hz, red 50 Hz');
  const text = detailsText(spanish, ['un aviso']);
  expect(text).toContain('SHA-256\tab12\n');
  expect(text).toContain('\nIntervalo QT\t380 ms\nQT Interval\t400 ms\nStatement\tSinus rhythm\n');
  expect(text).toMatch(/\n# Equipo: MAC 55\n# 69 M 1085\n\nun aviso\n$/);
});

it('tell a reader who decides first neither rhythm nor drugs, nor what a device said of them', () => {
  const of = { start: '', length: '30 min 05 s', sha256: null };
  const details = recordDetails(info, { ...of, isBlind: true }, wordsIn('en'));
  expect(details).toMatchObject({ comments: [], measured: [] });
  const text = detailsText(details, []);
  expect(text).toContain(details.withheld);
  for (const said of ['Sinus rhythm', '69 M 1085', 'QT']) expect(text).not.toContain(said);
  // Nothing is withheld of what says nothing, nor from anybody else.
  const silent = { ...info, comments: [], measurements: [] };
  expect(recordDetails(silent, { ...of, isBlind: true }, wordsIn('en')).withheld).toBe('');
  expect(recordDetails(info, of, wordsIn('en')).withheld).toBe('');
});
