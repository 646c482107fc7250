import { expect, it } from 'vitest';
import { createRecording, type RecordingFacts } from '../formats/shared/create-recording';
import { anonymised, chooseShiftWeeks } from './anonymise';

const facts: RecordingFacts = {
  format: 'edf',
  formatTitle: 'EDF',
  name: 'x',
  path: '/x.edf',
  files: ['/x.edf'],
  durationS: 0,
  startClock: '2024-03-01T23:59:59.500',
  comments: ['Technician: J. Doe', 'Synthetic ECG of Jane'],
  patient: { name: 'Jane', id: '17', birthDate: '1930-01-01', ageYears: 94, sex: 'F' },
  warnings: [],
  gaps: [],
  measurements: [
    { name: 'QT', value: '420', units: 'ms' },
    { name: 'Statement', value: 'Confirmed by Dr Doe', units: '' },
  ],
  storedBeats: [],
};

it('leaves out who, and moves the day but not the time or the day of the week', () => {
  const shown = anonymised(createRecording(facts, []), 3);
  expect(shown).toMatchObject({
    startClock: '2024-02-09T23:59:59.500',
    comments: ['synthetic'],
    patient: { name: null, id: null, birthDate: null, ageYears: 90, sex: 'F' },
    measurements: [{ name: 'QT' }],
  });
  expect(JSON.stringify(shown)).not.toMatch(/Jane|Doe|1930|2024-03/);
});

it('leaves a time without a date, and invents none', () => {
  const at = (startClock: string | null) =>
    anonymised(createRecording({ ...facts, startClock }, []), 3).startClock;
  expect([at('T10:00:00.000'), at(null)]).toEqual(['T10:00:00.000', null]);
});

it('moves by whole weeks, up to ten years', () => {
  const weeks = Array.from({ length: 200 }, chooseShiftWeeks);
  expect(weeks.every((n) => Number.isInteger(n) && n >= 1 && n <= 520)).toBe(true);
  expect(new Set(weeks).size).toBeGreaterThan(50);
});
