import { expect, it } from 'vitest';
import { outputNames } from './convert-recording';

it('names files after the recording, and tells those of one name apart', () => {
  const names = outputNames();
  expect(
    [
      '/a/x.edf',
      '/b/x.dcm',
      '/c/X.edf',
      '/c/x.EDF',
      '/a/ECG_P28.01.ecg',
      '/a/z.zip!/in/100.hea',
      '/odd!/file',
    ].map(names.take),
  ).toEqual(['x', 'x_dcm', 'X_edf', 'x_2', 'ECG_P28.01', '100', 'file']);
  names.free('x');
  expect(names.take('/d/x.xml')).toBe('x');
});
