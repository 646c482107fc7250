import { describe, expect, it } from 'vitest';
import {
  canonicalLeadName,
  ecgLeadsAmong,
  millivoltsPerUnit,
  shortLeadName,
  shownOrder,
} from './ecg-leads';

const among = (...signals: [string, string][]): boolean[] =>
  ecgLeadsAmong(signals.map(([name, units]) => ({ name, units })));

describe('canonicalLeadName', () => {
  it.each([
    ['avr', 'aVR'],
    ['MDC_ECG_LEAD_AVR', 'aVR'],
    ['MDC_ECG_LEAD_II', 'II'],
    ['II,', 'II'],
    ['Lead II', 'II'],
    ['DII', 'II'],
    ['DIII', 'III'],
    ['Derivación II', 'II'],
    ['Dérivation aVR', 'aVR'],
    ['Ableitung V1', 'V1'],
    ['D1', 'D1'],
    ['Lead I (Einthoven)', 'I'],
    ['aVR, augmented voltage, right', 'aVR'],
    ['ECG V1', 'V1'],
    ['EKG-II', 'II'],
    ['MLII', 'MLII'],
    ['V3r', 'V3R'],
  ])('%s is %s', (name, canonical) => expect(canonicalLeadName(name)).toBe(canonical));

  it.each(['EKG', 'ECG', '', 'ch1', 'F3-M2', 'accX', 'IV'])('%s names no lead', (name) =>
    expect(canonicalLeadName(name)).toBeNull(),
  );
});

it('has the field’s name where there is little room, and a lead’s own where it has none', () => {
  expect(['aVR, augmented voltage, right', 'ECG V1', 'chest'].map(shortLeadName)).toEqual([
    'aVR',
    'V1',
    'chest',
  ]);
  const numbered = ['EXG Channel 3', 'signal 11', 'column 2', 'CH12', 'ECG2'];
  expect(numbered.map(shortLeadName)).toEqual(['EXG 3', 'sig 11', 'col 2', 'CH12', 'ECG2']);
  expect(['record 16539, signal 0', 'record a_1, signal 11'].map(shortLeadName)).toEqual([
    'sig 0',
    'sig 11',
  ]);
});

it('shows the twelve leads in their order, wherever derived ones lie in the file', () => {
  const named = (names: string) => names.split(' ').map((name) => ({ name }));
  const order = shownOrder(named('I II V1 V2 V3 V4 V5 V6 III aVR aVL aVF V3R'));
  expect(order).toEqual([0, 1, 8, 9, 10, 11, 2, 3, 4, 5, 6, 7, 12]);
  expect(shownOrder(named('V1 MLII'))).toEqual([0, 1]);
});

describe('ecgLeadsAmong', () => {
  it('takes the lead that is named as one before others measured in volts', () => {
    expect(among(['accX', 'mV'], ['accY', 'mV'], ['EKG', 'mV'])).toEqual([false, false, true]);
    expect(among(['F3-M2', 'uV'], ['Chin1-Chin2', 'uV'], ['ABD', 'uV'], ['ECG', 'mV'])).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect(among(['x', 'mV'], ['y', 'mV'], ['Lead II', 'mV'])).toEqual([false, false, true]);
    expect(among(['DI', 'mV'], ['DII', 'mV'], ['V1', 'mV'])).toEqual([true, true, true]);
  });

  it('takes a lead that a code calls one, whatever its name says', () => {
    const coded = { name: 'bipolar', units: 'mV', isEcgByCode: true };
    const others = [
      { name: 'V1', units: 'mV' },
      { name: 'unknown', units: 'mV' },
    ];
    expect(ecgLeadsAmong([...others, coded])).toEqual([true, false, true]);
    expect(ecgLeadsAmong([{ ...coded, units: 'ADU' }, ...others])).toEqual([false, true, false]);
  });

  it('takes voltages without a telling name where no lead is named', () => {
    expect(among(['', 'mV'], ['ch2', 'mV'], ['RESP', 'mV'])).toEqual([true, true, false]);
    expect(among(['X', 'mV'], ['Y', 'mV'], ['Z', 'mV'])).toEqual([true, true, true]);
  });

  it.each([
    'EEG Fpz-Cz',
    'EMG',
    'E1-M2',
    'C4-A1',
    'ABP',
    'Resp',
    'accelerometer z',
    'Fp2-F4',
    'Fp1',
    'Cz',
    'PO4',
  ])('%s is no ECG even in mV', (name) => expect(among([name, 'mV'])).toEqual([false]));

  it('knows voltages by any spelling', () => {
    expect(
      ['V', 'mv', 'uV', 'µV', 'μV', 'nV', 'millivolts', 'MICROVOLTS'].map(millivoltsPerUnit),
    ).toEqual([1e3, 1, 1e-3, 1e-3, 1e-3, 1e-6, 1, 1e-3]);
    expect(['mVolt', 'uVolts'].map(millivoltsPerUnit)).toEqual([1, 1e-3]);
    expect(['millivol', 'microvol'].map(millivoltsPerUnit)).toEqual([1, 1e-3]);
    expect(millivoltsPerUnit('mmHg')).toBeNull();
    expect(among(['II', 'mmHg'])).toEqual([false]);
  });
});
